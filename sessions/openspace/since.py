"""What others brought to the Open Spaces of a person's cohorts, as the first page says it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from sessions.openspace.events import StageSet
from sessions.openspace.models import Gathering, ReportState, Topic, TopicReport, TopicState
from sessions.since import MOST, News
from synergy.cohorts.queries import seats_of
from synergy.journal.doers import done_by
from synergy.people.models import Person


def news_of_gatherings(person: Person, since: datetime) -> list[News]:
    """New topics, confirmed reports, books of proceedings. Five queries at most."""
    cohorts = [seat.cohort_id for seat in seats_of(person)]
    near = Topic.objects.filter(gathering__training_session__cohort__in=cohorts)
    living = near.exclude(state=TopicState.WITHDRAWN)
    return [
        *_topics(living, person, since),
        *_reports(living, person, since),
        *_books(cohorts, person, since),
    ]


def _topics(living: QuerySet[Topic], person: Person, since: datetime) -> Iterator[News]:
    brought = living.filter(created_at__gt=since).exclude(proposed_by=person)
    for topic in brought.select_related("gathering__training_session").order_by("-created_at")[:MOST]:
        yield _news(topic, _("New topic"), "layout-grid", topic.created_at)


def _reports(living: QuerySet[Topic], person: Person, since: datetime) -> Iterator[News]:
    confirmed = TopicReport.objects.filter(
        topic__in=living, state=ReportState.CONFIRMED, confirmed_at__gt=since
    ).exclude(confirmed_by=person)
    rows = confirmed.select_related("topic__gathering__training_session").order_by("-confirmed_at")[:MOST]
    for report in rows:
        yield _news(
            report.topic, _("Report of a topic"), "file-text", report.confirmed_at or report.changed_at
        )


def _news(topic: Topic, about: str, icon: str, at: datetime) -> News:
    return News(
        about=about,
        text=topic.title,
        language=topic.language,
        detail=" · ".join((_("Open Space"), str(topic.gathering.training_session))),
        address=reverse("openspace:topic", args=[topic.gathering_id, topic.number]),
        icon=icon,
        at=at,
    )


def _books(cohorts: list[int], person: Person, since: datetime) -> Iterator[News]:
    closed = Gathering.objects.filter(training_session__cohort__in=cohorts, closed_at__gt=since)
    rows = closed.select_related("training_session").order_by("-closed_at")[:MOST]
    own = done_by("gathering", StageSet.name, by=person.pk, since=since)
    for gathering in rows:
        if (gathering.pk, gathering.closed_at) in own:
            continue
        yield News(
            about=_("Open Space"),
            text=_("The book of proceedings is ready."),
            detail=str(gathering.training_session),
            address=reverse("openspace:proceedings", args=[gathering.pk]),
            icon="file-text",
            at=gathering.closed_at or since,
        )
