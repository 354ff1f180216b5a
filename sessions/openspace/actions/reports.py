"""The report of a topic: begun from its notes, written by all, confirmed by its convener; and whether it took place.

The topic's stream is locked first, the gathering's after it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _
from msgspec import Meta

from rooms.notes.queries import text_of
from rooms.text import clean_line, clean_text, is_blank
from sessions.openspace.actions.held import hold
from sessions.openspace.actions.permission import offered_topic, require, require_part
from sessions.openspace.cards import topic_card
from sessions.openspace.events import (
    NextStep,
    ReportChanged,
    ReportConfirmed,
    ReportReopened,
    TopicMarked,
    TopicReported,
)
from sessions.openspace.models import Gathering, ReportState, Topic, TopicReport, TopicState
from sessions.openspace.queries import gathering_stream, topic_stream
from sessions.openspace.queries.reports import people_in
from sessions.openspace.rules import (
    can_confirm_report,
    can_edit_report,
    can_mark,
    why_not_take_part,
)
from synergy.cohorts.models import Seat
from synergy.journal import log
from synergy.live.fields import count_change, require_base, revision_of, too_long
from synergy.live.refusals import Refused
from synergy.people.models import Person

TEXT_LIMIT = 20_000
"""Most characters in one text of a report; a frame of the protocol has room for it in every script."""
STEPS_LIMIT = 30
PEOPLE_LIMIT = 500
TEXTS = ("summary", "recommendations", "resources", "requests")
FIELDS = (*TEXTS, "next_steps", "participants")

Steps = Annotated[list[NextStep], Meta(max_length=STEPS_LIMIT)]
People = Annotated[list[Annotated[int, Meta(ge=1, lt=2**53)]], Meta(max_length=PEOPLE_LIMIT)]


def begin_report(*, person: Person, topic: Topic, now: datetime) -> TopicReport:
    """A draft with the text of the topic's notes and those who were there. Raises Refused.

    Who is second finds what the first has begun.
    """
    with transaction.atomic(savepoint=False):
        log.lock(topic_stream(topic.pk))
        return _report_of(person, topic, now)


def change_report(*, person: Person, topic: Topic, field: str, value: Any, base: int, now: datetime) -> int:
    """Sets one field and gives its new revision. Raises Refused.

    `base` is the revision that the person saw: if somebody else changed the field since then it is a
    conflict, and `present` has their text.
    """
    with transaction.atomic(savepoint=False):
        stream = topic_stream(topic.pk)
        log.lock(stream)
        require(can_edit_report(person, topic), why_not_take_part(person, topic.gathering))
        value = _checked(topic, field, value)
        report = _report_of(person, topic, now)
        _require_draft(report)
        held = getattr(report, field)
        if held == value:
            return revision_of(report, field)
        require_base(report, field, base, held)
        _set(person, report, field, value, now)
        report.save()
    return revision_of(report, field)


def confirm_report(*, person: Person, topic: Topic, now: datetime) -> None:
    """Who convenes the topic says that the report is right; it is closed until reopened. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = topic_stream(topic.pk)
        log.lock(stream)
        _hold_the_wall(topic)
        _require_convener(person, topic)
        report = TopicReport.objects.filter(topic=topic).first()
        if report is None or all(is_blank(getattr(report, field)) for field in TEXTS):
            raise Refused("conflict", _("The report is empty. Write what was said first."))
        if report.state == ReportState.CONFIRMED:
            return
        report.state, report.confirmed_by, report.confirmed_at = ReportState.CONFIRMED, person, now
        report.save(update_fields=["state", "confirmed_by", "confirmed_at"])
        fact = ReportConfirmed(confirmed_by=person.pk, confirmed_at=now)
        log.append(stream, fact, by=person.pk, at=now)
        _tell_the_wall(person, topic, now)


def reopen_report(*, person: Person, topic: Topic, now: datetime) -> None:
    """It is a draft again, for all who take part. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = topic_stream(topic.pk)
        log.lock(stream)
        _hold_the_wall(topic)
        _require_convener(person, topic)
        report = TopicReport.objects.filter(topic=topic).first()
        if report is None or report.state != ReportState.CONFIRMED:
            return
        report.state, report.confirmed_by, report.confirmed_at = ReportState.DRAFT, None, None
        report.save(update_fields=["state", "confirmed_by", "confirmed_at"])
        log.append(stream, ReportReopened(), by=person.pk, at=now)
        _tell_the_wall(person, topic, now)


def mark_topic(*, person: Person, gathering: Gathering, topic: int, took_place: bool, now: datetime) -> None:
    """Says that the topic took place, or did not. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold(gathering)
        row = offered_topic(gathering, topic)
        if not can_mark(person, row):
            require_part(person, gathering)
            require(False, _("Only who convenes this topic, or a facilitator, can say this."))
        if row.did_not_happen == (not took_place):
            return
        row.did_not_happen = not took_place
        row.save(update_fields=["did_not_happen"])
        log.append(stream, TopicMarked(topics=[topic_card(row)]), by=person.pk, at=now)


def _report_of(person: Person, topic: Topic, now: datetime) -> TopicReport:
    """The report, begun now if there is none; the topic's stream is locked. Raises Refused."""
    found = TopicReport.objects.filter(topic=topic).first()
    if found is not None:
        return found
    _hold_the_wall(topic)
    require(can_edit_report(person, topic), why_not_take_part(person, topic.gathering))
    if topic.state != TopicState.OFFERED:
        raise Refused("conflict", _("This topic is not on offer any more, so it has no report of its own."))
    if topic.did_not_happen:
        raise Refused(
            "conflict", _("This topic is marked as one that did not take place. Take the mark off first.")
        )
    report = TopicReport(topic=topic, changed_at=now)
    notes = clean_text(text_of(topic.notes))[:TEXT_LIMIT] if topic.notes else ""
    _set(person, report, "summary", notes, now)
    _set(person, report, "participants", people_in(topic, now)[:PEOPLE_LIMIT], now)
    report.save()
    _tell_the_wall(person, topic, now)
    return report


def _set(person: Person, report: TopicReport, field: str, value: Any, now: datetime) -> None:
    """In the row, which the caller saves, and in the log."""
    revision = count_change(report, field, person.pk)
    setattr(report, field, value)
    report.changed_at = now
    fact = ReportChanged(field=field, value=value, revision=revision, changed_at=now)
    log.append(topic_stream(report.topic_id), fact, by=person.pk, at=now)


def _hold_the_wall(topic: Topic) -> None:
    """What the wall says of the topic stays true until the transaction ends; the topic's stream is locked."""
    log.lock(gathering_stream(topic.gathering_id))
    topic.gathering.refresh_from_db(fields=["stage"])
    topic.refresh_from_db(fields=["state", "did_not_happen", "title", "convener", "notes"])


def _tell_the_wall(person: Person, topic: Topic, now: datetime) -> None:
    card = topic_card(Topic.objects.get(pk=topic.pk))
    log.append(gathering_stream(topic.gathering_id), TopicReported(topics=[card]), by=person.pk, at=now)


def _require_convener(person: Person, topic: Topic) -> None:
    require(can_edit_report(person, topic), why_not_take_part(person, topic.gathering))
    detail = _("Only who convenes this topic confirms its report or opens it again.")
    require(can_confirm_report(person, topic), detail)


def _require_draft(report: TopicReport) -> None:
    if report.state == ReportState.CONFIRMED:
        detail = _("The report is confirmed. Who convenes the topic can open it again.")
        raise Refused("conflict", detail, present={"state": report.state})


def _checked(topic: Topic, field: str, value: Any) -> Any:
    """The value as it is kept. Raises Refused (`invalid`)."""
    if field == "next_steps":
        return [_checked_step(step) for step in _read(value, Steps)]
    if field == "participants":
        people = list(dict.fromkeys(_read(value, People)))
        known = Seat.objects.filter(cohort=topic.gathering.training_session.cohort_id, person__in=people)
        if known.count() < len(people):
            raise _refused(_("Choose people of this cohort."))
        return people
    text = clean_text(_read(value, str))
    if len(text) > TEXT_LIMIT:
        raise _refused(too_long(len(text), TEXT_LIMIT))
    return text


def _checked_step(step: NextStep) -> dict[str, str]:
    if step.when:
        try:
            date.fromisoformat(step.when)
        except ValueError:
            raise _refused(_("Write the day as a date.")) from None
    return {"what": clean_line(step.what, 300), "who": clean_line(step.who, 120), "when": step.when}


def _read(value: Any, shape: Any) -> Any:
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError:
        raise _refused(_("Something in this request is not as it should be.")) from None


def _refused(detail: str) -> Refused:
    return Refused("invalid", detail, fields={"value": detail})
