"""What pages say of a challenge: its state and who may read it as marks with words, and who waits for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge, Confidentiality, State
from challenges.rules import can_facilitate, is_author
from challenges.threads import Thread
from synergy.people.models import Person


@dataclass(frozen=True)
class Badge:
    """`kind` is a class of `badge.css`; the label is what is read."""

    label: str | Promise
    icon: str
    kind: str = ""


_STATES = {
    State.DRAFT: ("pencil", ""),
    State.SUBMITTED: ("hourglass", "care"),
    State.RETURNED: ("circle-question-mark", "care"),
    State.ACCEPTED: ("check", "done"),
    State.ASSIGNED: ("users", "info"),
    State.WORKED_ON: ("play", "now"),
    State.ANSWERED: ("message-square", "done"),
    State.IN_PLAN: ("list-checks", "done"),
    State.CLOSED: ("archive", ""),
}
_READERS = {
    Confidentiality.GROUP: ("lock", "info"),
    Confidentiality.COHORT: ("users", ""),
    Confidentiality.PROGRAMME: ("globe", ""),
}
_TO_ALL: dict[str, Promise] = {
    State.DRAFT: _("The institution is still writing."),
    State.SUBMITTED: _("Waits for a facilitator to read it."),
    State.RETURNED: _("Waits for the institution to answer the questions."),
    State.ACCEPTED: _("Accepted. Waits for a task group."),
    State.ASSIGNED: _("A task group has it and will begin soon."),
    State.WORKED_ON: _("Its task group works on it now."),
    State.ANSWERED: _("The peers have answered. The institution says what it takes up."),
    State.IN_PLAN: _("It goes on in a plan."),
    State.CLOSED: _("Closed. Nothing waits here."),
}
_TO_AUTHORS: dict[str, Promise] = {
    State.DRAFT: _("Waits for you: write it and submit it. Only your institution sees it."),
    State.SUBMITTED: _("Nothing to do for you. Waits for a facilitator to read it."),
    State.RETURNED: _("Waits for you: answer the questions and submit it again."),
    State.ACCEPTED: _("Nothing to do for you. Waits for a task group."),
    State.ANSWERED: _("Waits for you: say what you take up of the peers’ advice."),
}
_TO_FACILITATORS: dict[str, Promise] = {
    State.SUBMITTED: _("Waits for you: accept it, or ask the institution."),
    State.ACCEPTED: _("Waits for you: give it to a task group."),
}
_ANSWER_FIRST: dict[str, Promise] = {
    State.ANSWERED: _TO_AUTHORS[State.ANSWERED],
    State.IN_PLAN: _("It goes on in a plan. Waits for you: some advice of the peers has no answer yet."),
}
_NO_ADVICE = _(
    "The consultation is over, and nothing in it was recommended. What you take of it becomes advice."
)
_ALL_ANSWERED = _("You have answered all advice. Turn what you take up into a plan.")


def state_badge(challenge: Challenge) -> Badge:
    state = State(challenge.state)
    return Badge(state.label, *_STATES[state])


def readers_badge(challenge: Challenge) -> Badge:
    """Who may read it, beside its institution and those who facilitate."""
    readers = Confidentiality(challenge.confidentiality)
    return Badge(readers.label, *_READERS[readers])


def who_waits(person: Person, challenge: Challenge) -> str | Promise:
    """Who waits for whom, said to this person."""
    if is_author(person, challenge) and challenge.state in _TO_AUTHORS:
        return _TO_AUTHORS[challenge.state]
    if can_facilitate(person, challenge) and challenge.state in _TO_FACILITATORS:
        return _TO_FACILITATORS[challenge.state]
    return _TO_ALL[challenge.state]


def waits_with(person: Person, challenge: Challenge, threads: Sequence[Thread]) -> dict[str, Any]:
    """What the page of one challenge says in the place of `who_waits` to its authors, who were given advice."""
    if challenge.state not in (State.ANSWERED, State.IN_PLAN) or not is_author(person, challenge):
        return {}
    advice = next((each for each in threads if each.kind == "recommendations"), None)
    talk = next((each for each in threads if each.kind == "consultation" and each.template), None)
    if advice is None:
        if talk is None or challenge.state == State.IN_PLAN:
            return {}
        return {"waits": _NO_ADVICE, "look_at": talk.address}
    if advice.is_open:
        return {"waits": _ANSWER_FIRST[challenge.state], "is_waiting": True, "answer_at": advice.address}
    return {"waits": _ALL_ANSWERED} if advice.is_done and challenge.state == State.ANSWERED else {}


def waits_for(person: Person, challenge: Challenge) -> bool:
    """Whether the next step is this person's."""
    if is_author(person, challenge):
        return challenge.state in (State.DRAFT, State.RETURNED, State.ANSWERED)
    return can_facilitate(person, challenge) and challenge.state in _TO_FACILITATORS
