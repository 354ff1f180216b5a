"""Asking a convener for the report: for all to see on the wall, and by mail."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from sessions.openspace.actions.held import hold_to_run
from sessions.openspace.actions.permission import offered_topic
from sessions.openspace.events import ReportReminded
from sessions.openspace.models import Gathering, ReportState, Topic, TopicReport
from synergy.cohorts.queries import seat_in
from synergy.cohorts.rules import can_write
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.mail import later, send_mail
from synergy.people.models import Person

logger = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=10)
"""A convener is not asked for the same report twice within this time; it bounds the mails that wait, too."""


def remind_of_report(*, person: Person, gathering: Gathering, topic: int, now: datetime) -> None:
    """Asks the convener, who gets a mail in their language. Raises Refused: `conflict` when there is nothing to ask for."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        row = offered_topic(gathering, topic)
        convener = _whom_to_ask(gathering, row)
        if cache.get(_key(row)):
            minutes = int(PATIENCE.total_seconds() // 60)
            detail = _("The convener was asked less than %(minutes)d minutes ago. Give them time.")
            raise Refused("rate_limited", detail % {"minutes": minutes}, retry_after=60)
        fact = ReportReminded(topic=row.pk, convener=convener.pk)
        log.append(stream, fact, by=person.pk, at=now)
        transaction.on_commit(lambda: _ask(person, row, convener), robust=True)


def _whom_to_ask(gathering: Gathering, topic: Topic) -> Person:
    cohort = gathering.training_session.cohort_id
    if topic.convener is None or not can_write(seat_in(topic.convener, cohort)):
        raise Refused("conflict", _("Nobody convenes this topic now. Somebody can adopt it."))
    if topic.did_not_happen:
        raise Refused("conflict", _("This topic is marked as one that did not take place."))
    if TopicReport.objects.filter(topic=topic, state=ReportState.CONFIRMED).exists():
        raise Refused("conflict", _("The report of this topic is confirmed already."))
    return topic.convener


def _ask(person: Person, topic: Topic, convener: Person) -> None:
    if not cache.add(_key(topic), 1, PATIENCE.total_seconds()):
        return
    address = reverse("openspace:topic", args=[topic.gathering_id, topic.number])
    context = {"convener": convener, "by": person, "topic": topic, "link": settings.CONFIG.base_url + address}
    later(lambda: _mail(convener, context))


def _mail(convener: Person, context: dict[str, object]) -> None:
    try:
        send_mail(
            "openspace/email/report_reminder", to=convener.email, language=convener.language, context=context
        )
    except OSError:
        logger.exception("The mail that asks person %s for a report could not be sent", convener.pk)


def _key(topic: Topic) -> str:
    return f"report-asked-{topic.pk}"
