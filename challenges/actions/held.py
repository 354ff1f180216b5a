"""A challenge that nobody else changes until the transaction ends."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from challenges.cards import doors_of, step_card
from challenges.events import ChallengeMoved
from challenges.models import Challenge, State, Step
from challenges.queries import challenge_stream
from synergy.journal import log
from synergy.journal.facts import StreamId
from synergy.live.refusals import Refused
from synergy.people.models import Person


def hold(challenge: Challenge) -> StreamId:
    """Locks its stream and reads again what may have changed meanwhile; the viewer's seat stays."""
    stream = challenge_stream(challenge.pk)
    log.lock(stream)
    fresh = Challenge.objects.get(pk=challenge.pk)
    for field in Challenge._meta.concrete_fields:
        setattr(challenge, field.attname, getattr(fresh, field.attname))
    return stream


def require(allowed: bool, detail: str | None = None) -> None:  # noqa: FBT001 - reads as a sentence
    """Raises Refused (`forbidden`)."""
    if not allowed:
        raise Refused("forbidden", detail or _("You may not do this here."))


def wrong_state(challenge: Challenge, detail: str) -> Refused:
    """Somebody else was faster; `present` tells where it is now."""
    return Refused("conflict", detail, present={"state": challenge.state})


def move(person: Person, challenge: Challenge, to: State, now: datetime, why: str = "") -> Step:
    """Into the state, with a step in the history and in the log. The challenge is held."""
    step = Step.objects.create(
        challenge=challenge, from_state=challenge.state, to_state=to, by=person, at=now, why=why
    )
    challenge.state, challenge.changed_at = to, now
    if to == State.SUBMITTED:
        challenge.submitted_at = now
    if to == State.DRAFT:
        challenge.submitted_at = None
    challenge.save(update_fields=["state", "submitted_at", "changed_at"])
    fact = ChallengeMoved(
        state=to,
        submitted_at=challenge.submitted_at,
        open=doors_of(to, was_submitted=challenge.submitted_at is not None),
        step=step_card(step),
    )
    log.append(challenge_stream(challenge.pk), fact, by=person.pk, at=now)
    return step
