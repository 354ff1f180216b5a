"""What people are told about challenges: the kinds of notices, by the state whose coming they tell."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from challenges.models import State
from synergy.notices.kinds import NoticeKind, register

GROUP = _("Challenges")
TO_PEERS = "challenge_for_group"


def kind_of(state: str) -> str:
    """The name of the notice that tells of a step into this state."""
    return f"challenge_{state}"


def _tells(state: str, **words: Any) -> NoticeKind:
    return NoticeKind(name=kind_of(state), group=GROUP, **words)


KINDS = (
    _tells(
        State.SUBMITTED,
        label=_("A challenge waits for your answer, if you facilitate"),
        title=_("A challenge waits for you: %(title)s"),
        text=_("%(who)s has submitted the challenge “%(title)s” of %(institution)s."),
        quote="why",
    ),
    _tells(
        State.RETURNED,
        label=_("Your challenge comes back with questions"),
        title=_("Questions on your challenge: %(title)s"),
        text=_("%(who)s has read the challenge “%(title)s” of %(institution)s, and asks:"),
        quote="why",
    ),
    _tells(
        State.ACCEPTED,
        label=_("Your challenge is accepted"),
        title=_("Accepted: %(title)s"),
        text=_(
            "%(who)s has accepted the challenge “%(title)s” of %(institution)s. "
            "Next it goes to a group of peers."
        ),
    ),
    _tells(
        State.ASSIGNED,
        label=_("A group gets your challenge"),
        title=_("A group works on it: %(title)s"),
        text=_("The challenge “%(title)s” of %(institution)s has a task group now."),
    ),
    NoticeKind(
        name=TO_PEERS,
        group=GROUP,
        label=_("Your task group gets a challenge"),
        title=_("For your task group: %(title)s"),
        text=_(
            "Your task group works on the challenge “%(title)s” of %(institution)s. Read it before you meet."
        ),
    ),
    _tells(
        State.ANSWERED,
        label=_("The group has answered your challenge"),
        title=_("Answered: %(title)s"),
        text=_("There are recommendations on the challenge “%(title)s” of %(institution)s."),
    ),
    _tells(
        State.CLOSED,
        label=_("A challenge is closed"),
        title=_("Closed: %(title)s"),
        text=_("%(who)s has closed the challenge “%(title)s” of %(institution)s. The reason:"),
        quote="why",
    ),
)


def register_notices() -> None:
    for kind in KINDS:
        register(kind)
