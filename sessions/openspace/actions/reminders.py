"""Asking a convener for the report: for all to see on the wall, and as a notice to them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from sessions.openspace.actions.held import hold_to_run
from sessions.openspace.actions.permission import offered_topic
from sessions.openspace.events import ReportReminded
from sessions.openspace.models import Gathering, ReportState, Topic, TopicReport
from sessions.openspace.notices import REPORT_REMINDED
from synergy.cohorts.queries import seat_in
from synergy.cohorts.rules import can_write
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.notices.actions import notify
from synergy.people.models import Person

PATIENCE = timedelta(minutes=10)
"""A convener is not asked for the same report twice within this time."""


def remind_of_report(*, person: Person, gathering: Gathering, topic: int, now: datetime) -> None:
    """Asks the convener, who is told as they have chosen. Raises Refused: `conflict` when there is nothing to ask for."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        row = offered_topic(gathering, topic)
        convener = _whom_to_ask(gathering, row)
        if cache.get(_key(row)):
            minutes = int(PATIENCE.total_seconds() // 60)
            detail = _("The convener was asked less than %(minutes)d minutes ago. Give them time.")
            # Not `rate_limited`: clients try that again by themselves, and what comes after it waits.
            raise Refused("conflict", detail % {"minutes": minutes})
        fact = ReportReminded(topic=row.pk, convener=convener.pk)
        log.append(stream, fact, by=person.pk, at=now)
        _ask(person, row, convener, now)
        transaction.on_commit(lambda: cache.set(_key(row), 1, PATIENCE.total_seconds()), robust=True)


def _whom_to_ask(gathering: Gathering, topic: Topic) -> Person:
    cohort = gathering.training_session.cohort_id
    if topic.convener is None or not can_write(seat_in(topic.convener, cohort)):
        raise Refused("conflict", _("Nobody convenes this topic now. Somebody can adopt it."))
    if topic.did_not_happen:
        raise Refused("conflict", _("This topic is marked as one that did not take place."))
    if TopicReport.objects.filter(topic=topic, state=ReportState.CONFIRMED).exists():
        raise Refused("conflict", _("The report of this topic is confirmed already."))
    return topic.convener


def _ask(person: Person, topic: Topic, convener: Person, now: datetime) -> None:
    notify(
        people=[convener],
        kind=REPORT_REMINDED,
        key=f"{topic.pk}-{int(now.timestamp())}",
        values={"number": topic.number, "title": topic.title, "who": person.name},
        address=reverse("openspace:topic", args=[topic.gathering_id, topic.number]),
        now=now,
    )


def _key(topic: Topic) -> str:
    return f"report-asked-{topic.pk}"
