"""Recommendations: written by the group, answered by the institution."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from challenges.actions import challenge_is_answered
from challenges.actions.held import require
from challenges.consultations.actions.held import hold, require_open, tell
from challenges.consultations.actions.past import forget_recommendation
from challenges.consultations.cards import recommendation_card
from challenges.consultations.events import RecommendationSet, RecommendationWithdrawn
from challenges.consultations.models import (
    Answer,
    Consultation,
    Entry,
    Recommendation,
    RunState,
    Verdict,
    Writes,
)
from challenges.consultations.notices import tell_of_answer
from challenges.consultations.rules import WITHOUT_ADVICE, can_answer, can_lead, takes_part
from challenges.models import State
from challenges.queries import challenge_stream
from rooms.language import guess_language
from rooms.text import TEXT_LIMIT, checked_text, clean_text, is_blank
from synergy.journal import log
from synergy.live.fields import too_long
from synergy.live.refusals import Refused
from synergy.people.models import Person

RECOMMENDATIONS_LIMIT = 50
"""Most recommendations on one challenge."""


def write_recommendation(
    *,
    person: Person,
    consultation: Consultation,
    text: str,
    now: datetime,
    suggestion: int | None = None,
    language: str | None = None,
) -> Recommendation:
    """Adds one, with the next number of the challenge. Raises Refused.

    The same words from the same suggestion twice are one. Written after the end, it answers the challenge.
    """
    with transaction.atomic(savepoint=False):
        _hold_to_write(person, consultation, "recommendation.write")
        entry = _suggestion(consultation, suggestion) if suggestion is not None else None
        text = checked_text(text)
        given = consultation.challenge.recommendations.all()
        same = given.filter(consultation=consultation, text=text, by=person).exclude(state=Answer.WITHDRAWN)
        if there := same.filter(suggestion=entry).first():
            return there
        if given.exclude(state=Answer.WITHDRAWN).count() >= RECOMMENDATIONS_LIMIT:
            raise Refused("conflict", _("There are too many recommendations. Put some of them together."))
        row = _write(
            person, consultation, entry, text, language or guess_language(text, person.language), now
        )
        if consultation.state == RunState.FINISHED:
            challenge_is_answered(person=person, challenge=consultation.challenge, now=now)
    return row


def keep_advice(*, person: Person, consultation: Consultation, now: datetime) -> None:
    """After the end: every suggestion that the case giver took is a recommendation, so that none is lost.

    With any advice the challenge is answered. In the caller's transaction, with the consultation locked. A
    recommendation that was written from the suggestion before, even if it was taken back, stands for it.
    """
    challenge = consultation.challenge
    log.lock(challenge_stream(challenge.pk))
    challenge.refresh_from_db(fields=["state"])
    if challenge.state in (State.IN_PLAN, State.CLOSED):
        return
    free = RECOMMENDATIONS_LIMIT - challenge.recommendations.exclude(state=Answer.WITHDRAWN).count()
    taken = consultation.entries.filter(
        verdict=Verdict.TAKE, removed_at__isnull=True, recommendations__isnull=True
    )
    for entry in taken.select_related("by").order_by("pk")[: max(free, 0)]:
        _write(entry.by, consultation, entry, entry.text, entry.language, now)
    if _has_advice(consultation):
        challenge_is_answered(person=person, challenge=challenge, now=now)


def _has_advice(consultation: Consultation) -> bool:
    return (
        consultation.recommendations.exclude(state=Answer.WITHDRAWN).exists()
        or consultation.commitments.filter(removed_at__isnull=True).exists()
        or consultation.entries.filter(kind=Writes.SUGGESTIONS, removed_at__isnull=True).exists()
    )


def _write(
    by: Person, consultation: Consultation, entry: Entry | None, text: str, language: str, now: datetime
) -> Recommendation:
    given = consultation.challenge.recommendations.all()
    row = Recommendation.objects.create(
        challenge=consultation.challenge,
        consultation=consultation,
        suggestion=entry,
        number=(given.aggregate(last=Max("number"))["last"] or 0) + 1,
        text=text,
        language=language,
        by=by,
        at=now,
    )
    tell(consultation, RecommendationSet(recommendation_card(row)), by=by.pk, now=now)
    return row


def change_recommendation(
    *,
    person: Person,
    consultation: Consultation,
    recommendation: int,
    text: str,
    base: int,
    now: datetime,
) -> int:
    """Its words anew, by anybody of the group; gives the new revision. Raises Refused."""
    with transaction.atomic(savepoint=False):
        _hold_to_write(person, consultation, "recommendation.change")
        row = _unanswered(consultation, recommendation)
        text = checked_text(text)
        if row.text == text:
            return row.revision
        _require_base(row, base)
        row.text, row.revision = text, row.revision + 1
        row.save(update_fields=["text", "revision"])
        tell(consultation, RecommendationSet(recommendation_card(row)), by=person.pk, now=now)
    return row.revision


def withdraw_recommendation(
    *, person: Person, consultation: Consultation, recommendation: int, base: int, now: datetime
) -> None:
    """Taken back by who wrote it or who leads; its number is not given again. Raises Refused."""
    with transaction.atomic(savepoint=False):
        _hold_to_write(person, consultation, "recommendation.withdraw")
        row = consultation.recommendations.filter(pk=recommendation).first()
        if row is not None and row.state == Answer.WITHDRAWN:
            return
        row = _unanswered(consultation, recommendation)
        may = row.by_id == person.pk or can_lead(person, consultation)
        require(may, _("Only who wrote it or who leads takes it back."))
        _require_base(row, base)
        row.text, row.state, row.revision = "", Answer.WITHDRAWN, row.revision + 1
        row.save(update_fields=["text", "state", "revision"])
        forget_recommendation(consultation, row.pk)
        tell(consultation, RecommendationWithdrawn(row.pk), by=person.pk, now=now)


def answer_recommendation(
    *,
    person: Person,
    consultation: Consultation,
    recommendation: int,
    state: str,
    base: int,
    now: datetime,
    text: str = "",
    why: str = "",
) -> int:
    """The institution accepts, adapts or declines it; gives the new revision. Raises Refused.

    `why` is required unless it is accepted. The group is told. It may be answered anew, as long as nobody else
    has meanwhile: then it is a conflict, with their answer as `present`.
    """
    with transaction.atomic(savepoint=False):
        hold(person, consultation)
        require(can_answer(person, consultation), _("Only participants of the institution may do this."))
        require_open(person, consultation, "recommendation.answer")
        row = _living(consultation, recommendation)
        text, why = _limited("text", text), _limited("why", why)
        if state == Answer.ACCEPTED != row.state and why == row.why:
            why = ""  # It said why not.
        if state != Answer.ACCEPTED and is_blank(why):
            detail = _("Say why, so that the group understands.")
            raise Refused("invalid", detail, fields={"why": detail})
        if (row.state, row.answer_text, row.why) == (state, text, why):
            return row.revision
        _require_base(row, base)
        row.state, row.answer_text, row.why = state, text, why
        row.answered_by, row.answered_at, row.revision = person, now, row.revision + 1
        row.save()
        tell(consultation, RecommendationSet(recommendation_card(row)), by=person.pk, now=now)
        tell_of_answer(person, consultation, row, now)
    return row.revision


def _hold_to_write(person: Person, consultation: Consultation, command: str) -> None:
    hold(person, consultation)
    may = takes_part(person, consultation)
    require(may, _("Only people of the group write recommendations."))
    require_open(person, consultation, command)
    # Numbers are the challenge's, and two groups may work on it; it may be closed meanwhile.
    log.lock(challenge_stream(consultation.challenge_id))
    consultation.challenge.refresh_from_db(fields=["state"])
    if consultation.challenge.state in WITHOUT_ADVICE:
        raise Refused("conflict", _("The challenge is closed or in a plan, so its recommendations stay."))


def _suggestion(consultation: Consultation, pk: int) -> Entry:
    row = consultation.entries.filter(pk=pk, kind=Writes.SUGGESTIONS, is_hidden=False).first()
    if row is None or row.removed_at is not None:
        raise Refused("not_found", _("There is no such suggestion."))
    return row


def _living(consultation: Consultation, pk: int) -> Recommendation:
    row = consultation.recommendations.filter(pk=pk).first()
    if row is None:
        raise Refused("not_found", _("There is no such recommendation."))
    if row.state == Answer.WITHDRAWN:
        raise Refused("conflict", _("This recommendation has been taken back."))
    return row


def _unanswered(consultation: Consultation, pk: int) -> Recommendation:
    row = _living(consultation, pk)
    if row.state != Answer.OPEN:
        raise Refused("conflict", _("The institution has answered it, so its words stay as they are."))
    return row


def _require_base(row: Recommendation, base: int) -> None:
    if row.revision == base:
        return
    present = {
        "text": row.text,
        "state": row.state,
        "answer_text": row.answer_text,
        "why": row.why,
        "revision": row.revision,
        "by": row.answered_by_id or row.by_id,
    }
    raise Refused("conflict", _("Somebody else has changed this meanwhile."), present=present)


def _limited(field: str, raw: str) -> str:
    """The cleaned text. Raises Refused (`invalid`) when it is too long."""
    text = clean_text(raw)
    if len(text) > TEXT_LIMIT:
        detail = too_long(len(text), TEXT_LIMIT)
        raise Refused("invalid", detail, fields={field: detail})
    return "" if is_blank(text) else text
