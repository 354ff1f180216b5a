"""Commitments, and what became of them: asked at the next session, after 30 and after 90 days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from challenges.actions.held import require
from challenges.consultations.actions.held import hold, require_open, tell
from challenges.consultations.actions.past import forget_commitment
from challenges.consultations.cards import commitment_card
from challenges.consultations.events import CommitmentRemoved, CommitmentSet
from challenges.consultations.models import Asked, CheckIn, Commitment, Consultation
from challenges.consultations.notices import tell_of_check_in
from challenges.consultations.queries import next_session_after
from challenges.consultations.rules import takes_part
from rooms.language import guess_language
from rooms.text import checked_text
from synergy.live.refusals import Refused
from synergy.people.models import Person
from synergy.people.zones import zone_or_utc

AFTER = {Asked.DAYS_30: timedelta(days=30), Asked.DAYS_90: timedelta(days=90)}
FARTHEST = timedelta(days=5 * 366)
COMMITMENTS_LIMIT = 100


def make_commitment(
    *,
    person: Person,
    consultation: Consultation,
    text: str,
    due: date,
    now: datetime,
    language: str | None = None,
) -> Commitment:
    """Something that the person will do until the end of `due`, in their zone. Raises Refused.

    It is asked about at the next session, after 30 and after 90 days. The same words for the same day twice
    are one.
    """
    with transaction.atomic(savepoint=False):
        hold(person, consultation)
        require(takes_part(person, consultation), _("Only people of the group commit themselves here."))
        require_open(person, consultation, "commitment.make")
        text, today = checked_text(text), now.astimezone(zone_or_utc(person.time_zone)).date()
        _require_day(due, today)
        living = consultation.commitments.filter(removed_at__isnull=True)
        if there := living.filter(by=person, text=text, due=due).first():
            return there
        if living.count() >= COMMITMENTS_LIMIT:
            raise Refused("conflict", _("There are too many commitments. Put some of them together."))
        row = Commitment.objects.create(
            consultation=consultation,
            text=text,
            language=language or guess_language(text, person.language),
            due=due,
            by=person,
            at=now,
        )
        _ask_later(consultation, row, today)
        tell(consultation, CommitmentSet(commitment_card(row)), by=person.pk, now=now)
    return row


def remove_commitment(*, person: Person, consultation: Consultation, commitment: int, now: datetime) -> None:
    """One's own, as long as nothing was answered about it. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(person, consultation)
        row = consultation.commitments.filter(pk=commitment).first()
        if row is None:
            raise Refused("not_found", _("There is no such commitment."))
        require(row.by_id == person.pk, _("Only who made it takes it back."))
        if row.removed_at is not None:
            return
        require_open(person, consultation, "commitment.remove")
        if row.check_ins.filter(answered_at__isnull=False).exists():
            raise Refused("conflict", _("You have told the group about it already, so it stays."))
        row.text, row.removed_at = "", now
        row.save(update_fields=["text", "removed_at"])
        row.check_ins.all().delete()
        forget_commitment(consultation, row.pk)
        tell(consultation, CommitmentRemoved(row.pk), by=person.pk, now=now)


def answer_check_in(
    *,
    person: Person,
    consultation: Consultation,
    check_in: int,
    outcome: str,
    text: str,
    now: datetime,
) -> None:
    """What became of one's commitment, told to the group; may be said anew. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(person, consultation)
        row = CheckIn.objects.filter(pk=check_in, commitment__consultation=consultation).first()
        if row is None or row.commitment.removed_at is not None:
            raise Refused("not_found", _("There is no such commitment."))
        require(row.commitment.by_id == person.pk, _("Only who made it says what became of it."))
        require_open(person, consultation, "check_in.answer")
        text = checked_text(text, may_be_blank=True)
        if (row.outcome, row.answer) == (outcome, text):
            return
        row.outcome, row.answer, row.answered_at = outcome, text, now
        row.save(update_fields=["outcome", "answer", "answered_at"])
        fact = CommitmentSet(commitment_card(row.commitment))
        tell(consultation, fact, by=person.pk, now=now)
        tell_of_check_in(person, consultation, row, now)


def _require_day(due: date, today: date) -> None:
    detail = ""
    if due < today:
        detail = _("Choose today or a later day.")
    elif due - today > FARTHEST:
        detail = _("Choose a day in the next five years.")
    if detail:
        raise Refused("invalid", detail, fields={"due": detail})


def _ask_later(consultation: Consultation, row: Commitment, today: date) -> None:
    """The next session may have no date yet; `daily` fills it in."""
    session = next_session_after(consultation.challenge.cohort_id, today)
    days = {Asked.NEXT_SESSION: session, **{asked: today + after for asked, after in AFTER.items()}}
    CheckIn.objects.bulk_create(CheckIn(commitment=row, asked=asked, due=on) for asked, on in days.items())
