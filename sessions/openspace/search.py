"""Topics and their reports, as the search finds them: for everybody of the cohort."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sessions.openspace.events import (
    ReportChanged,
    ReportConfirmed,
    ReportReopened,
    RequestAnswered,
    TopicChanged,
    TopicProposed,
    TopicWithdrawn,
)
from sessions.openspace.models import ReportState, Topic, TopicReport, TopicState
from synergy.cohorts.queries import seats_of
from synergy.journal.facts import Entry
from synergy.people.models import Person
from synergy.search.kinds import Changes, Draft, Kind, Shown

_WORDS = {TopicProposed.name, TopicChanged.name, TopicWithdrawn.name, RequestAnswered.name}
_REPORTED = {ReportChanged.name, ReportConfirmed.name, ReportReopened.name}
_TEXTS = ("summary", "recommendations", "resources", "requests")
_COHORT = "gathering__training_session__cohort"


class _Numbered(msgspec.Struct):
    id: int


class _Told(msgspec.Struct):
    topics: list[_Numbered] = []


def note_gathering_facts(entries: Sequence[Entry]) -> Changes:
    ids: set[int] = set()
    for entry in entries:
        if entry.name in _WORDS:
            ids |= {topic.id for topic in msgspec.json.decode(entry.body, type=_Told).topics}
    touched = sorted(ids)
    return Changes(touched=[(kind, topic) for kind in ("topic", "report") for topic in touched])


def note_topic_facts(entries: Sequence[Entry]) -> Changes:
    return Changes(touched=[("report", entry.stream.key) for entry in entries if entry.name in _REPORTED])


def _topics(ids: Collection[int]) -> Any:
    return Topic.objects.filter(pk__in=ids).exclude(state=TopicState.WITHDRAWN)


def _topic_drafts(ids: Collection[int]) -> Iterable[Draft]:
    for topic in _topics(ids).select_related("gathering__training_session"):
        cohort = topic.gathering.training_session.cohort_id
        yield Draft(topic.pk, topic.title, topic.why, topic.language, topic.created_at, cohort)


def _report_drafts(ids: Collection[int]) -> Iterable[Draft]:
    reports = TopicReport.objects.filter(topic__in=_topics(ids))
    for report in reports.select_related("topic__gathering__training_session"):
        topic = report.topic
        steps = [" · ".join(filter(None, [step.get("what"), step.get("who")])) for step in report.next_steps]
        text = "\n\n".join(filter(None, [*(getattr(report, name) for name in _TEXTS), *steps]))
        if text:
            cohort = topic.gathering.training_session.cohort_id
            yield Draft(topic.pk, topic.title, text, topic.language, report.changed_at, cohort)


def _cohorts(person: Person) -> Collection[int]:
    return [seat.cohort_id for seat in seats_of(person)]


def _visible(person: Person, ids: Collection[int]) -> Collection[int]:
    here = {f"{_COHORT}__in": _cohorts(person)}
    return set(_topics(ids).filter(**here).values_list("pk", flat=True))


def _topics_shown(person: Person, ids: Collection[int]) -> Mapping[int, Shown]:
    return {topic.pk: Shown(_address(topic), _where(topic)) for topic in _with_gathering(ids)}


def _reports_shown(person: Person, ids: Collection[int]) -> Mapping[int, Shown]:
    """A draft says that it is one."""
    states = dict(TopicReport.objects.filter(topic__in=ids).values_list("topic", "state"))
    draft = f" · {ReportState.DRAFT.label}"
    return {
        topic.pk: Shown(
            _address(topic), _where(topic) + (draft if states.get(topic.pk) == ReportState.DRAFT else "")
        )
        for topic in _with_gathering(ids)
    }


def _with_gathering(ids: Collection[int]) -> Iterable[Topic]:
    return Topic.objects.filter(pk__in=ids).select_related("gathering__training_session")


def _address(topic: Topic) -> str:
    return reverse("openspace:topic", args=[topic.gathering_id, topic.number])


def _where(topic: Topic) -> str:
    return f"Open Space · {topic.gathering.training_session}"


TOPICS = Kind(
    name="topic",
    label=_("Topics"),
    icon="layout-grid",
    keys=lambda: Topic.objects.order_by("pk").values_list("pk", flat=True),
    drafts=_topic_drafts,
    visible=_visible,
    shown=_topics_shown,
    scopes=_cohorts,
)
REPORTS = Kind(
    name="report",
    label=_("Reports of topics"),
    icon="file-text",
    keys=lambda: TopicReport.objects.order_by("topic").values_list("topic", flat=True),
    drafts=_report_drafts,
    visible=_visible,
    shown=_reports_shown,
    scopes=_cohorts,
)
