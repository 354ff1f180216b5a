"""From state to state. Each step is kept with who, when and why, and those concerned are told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from challenges.actions.held import hold, move, require, wrong_state
from challenges.actions.notices import tell_of, tell_peers
from challenges.actions.past import forget_what_was_taken_out
from challenges.actions.writing import require_author
from challenges.models import Challenge, State
from challenges.queries import challenge_readers
from challenges.rules import can_facilitate, is_author, is_before
from rooms.text import clean_text, is_blank
from synergy.cohorts.models import Seat
from synergy.live.access import access_changed
from synergy.live.fields import too_long
from synergy.live.refusals import Refused
from synergy.people.models import Person

WITH_A_GROUP = (State.ASSIGNED, State.WORKED_ON, State.ANSWERED)
"""Somebody may join or leave the group as long as it works on the challenge."""
WHY_LIMIT = 4_000
"""Most characters in the reason of a step."""


def submit_challenge(*, person: Person, challenge: Challenge, now: datetime, why: str = "") -> None:
    """Gives it to the facilitators. Raises Refused: `invalid` with what is missing in `fields`.

    `why`: what the authors say to the questions, beside what they change. Submitting what is submitted changes nothing.
    """
    with transaction.atomic(savepoint=False):
        hold(challenge)
        answer = _words(why)
        if challenge.state == State.SUBMITTED and is_author(person, challenge):
            if answer and answer != challenge.steps.order_by("-pk").values_list("why", flat=True).first():
                detail = _("A colleague has submitted it already, so your answer was not sent.")
                raise Refused("conflict", detail, fields={"why": detail})
            return
        require_author(person, challenge)
        missing = missing_in(challenge)
        if missing:
            raise Refused("invalid", _("Something is missing before it can be submitted."), fields=missing)
        # Who was asked nothing answers nothing.
        said = answer if challenge.state == State.RETURNED else ""
        forget_what_was_taken_out(challenge)
        tell_of(move(person, challenge, State.SUBMITTED, now, said), now)


def missing_in(challenge: Challenge) -> dict[str, str]:
    """{field: what to do}: what a challenge needs before it can be submitted."""
    wanted = {
        "title": _("Give it a title."),
        "key_question": _("Write the one question that you ask your peers."),
        "situation": _("Describe the situation."),
        "desired_result": _("Say what you would like to reach."),
    }
    if challenge.language != "en":
        wanted["summary"] = _("Add a summary in English, so that all can read it.")
    return {field: detail for field, detail in wanted.items() if is_blank(getattr(challenge, field))}


def withdraw_challenge(*, person: Person, challenge: Challenge, now: datetime) -> None:
    """It is a draft again, for its institution alone. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(challenge)
        require(is_author(person, challenge), _("Only participants of the institution may do this."))
        if challenge.state == State.DRAFT:
            return
        if challenge.state != State.SUBMITTED:
            raise wrong_state(challenge, _("Somebody has looked at it already, so it cannot be withdrawn."))
        before = _readers(challenge)
        move(person, challenge, State.DRAFT, now)
        _tell_who_lost(challenge, before, now)


def return_challenge(*, person: Person, challenge: Challenge, why: str, now: datetime) -> None:
    """Back to its authors, with questions. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(challenge)
        _require_facilitator(person, challenge)
        reason = _reason(why)
        if challenge.state != State.SUBMITTED:
            raise wrong_state(challenge, _no_longer(challenge))
        before = _readers(challenge)
        tell_of(move(person, challenge, State.RETURNED, now, reason), now)
        _tell_who_lost(challenge, before, now)


def accept_challenge(*, person: Person, challenge: Challenge, now: datetime) -> None:
    """It will be worked on. Raises Refused. Accepting what is accepted changes nothing."""
    with transaction.atomic(savepoint=False):
        hold(challenge)
        _require_facilitator(person, challenge)
        if challenge.state == State.ACCEPTED:
            return
        if challenge.state != State.SUBMITTED:
            raise wrong_state(challenge, _no_longer(challenge))
        tell_of(move(person, challenge, State.ACCEPTED, now), now)


def assign_challenge(*, person: Person, challenge: Challenge, peers: Collection[int], now: datetime) -> None:
    """Gives it to a task group: persons of the cohort, by id, who may read it from now on. Raises Refused.

    Called again it changes the group.
    """
    with transaction.atomic(savepoint=False):
        hold(challenge)
        _require_facilitator(person, challenge)
        if challenge.state not in (State.ACCEPTED, *WITH_A_GROUP):
            raise wrong_state(challenge, _("Only a challenge that is accepted goes to a group."))
        before = _readers(challenge)
        challenge.peers.set(peers)
        tell_peers(challenge, set(peers) - {person.pk}, now)
        _tell_who_lost(challenge, before, now)
        if challenge.state == State.ACCEPTED:
            tell_of(move(person, challenge, State.ASSIGNED, now), now)


def close_challenge(*, person: Person, challenge: Challenge, why: str, now: datetime) -> None:
    """For good. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(challenge)
        may = is_author(person, challenge) or is_before(person, challenge)
        require(may, _("Only its institution, facilitators and organisers may do this."))
        reason = _reason(why)
        if challenge.state == State.CLOSED:
            raise wrong_state(challenge, _("It is closed already."))
        was_draft = challenge.submitted_at is None
        step = move(person, challenge, State.CLOSED, now, reason)
        if not was_draft:
            tell_of(step, now)


def _require_facilitator(person: Person, challenge: Challenge) -> None:
    require(can_facilitate(person, challenge), _("Only facilitators and organisers may do this."))


def _reason(why: str) -> str:
    reason = _words(why)
    if not reason:
        detail = _("Say why.")
        raise Refused("invalid", detail, fields={"why": detail})
    return reason


def _words(why: str) -> str:
    """Empty when nothing is said."""
    words = clean_text(why)
    if len(words) > WHY_LIMIT:
        detail = too_long(len(words), WHY_LIMIT)
        raise Refused("invalid", detail, fields={"why": detail})
    return "" if is_blank(words) else words


def _no_longer(challenge: Challenge) -> str:
    state = State(challenge.state).label
    return _("It does not wait for an answer any more. It is now: %(state)s.") % {"state": state}


def _readers(challenge: Challenge) -> set[int]:
    programme = challenge.cohort.edition.programme_id
    seats = Seat.objects.filter(cohort__edition__programme=programme, ended_at__isnull=True)
    return challenge_readers(challenge.pk, set(seats.values_list("person_id", flat=True)))


def _tell_who_lost(challenge: Challenge, before: set[int], now: datetime) -> None:
    """Those who could read it and may not any more are cut off within a second."""
    access_changed(before - _readers(challenge), now)
