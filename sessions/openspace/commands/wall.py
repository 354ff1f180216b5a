"""The wall: topics, interest, requests, and who goes where."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from django.utils.translation import gettext as _
from msgspec import UNSET, Meta, UnsetType

from rooms.commands import Key, Lang
from sessions.openspace.actions import moving, placing, requests, topics
from sessions.openspace.actions.consent import CO_CONVENERS_LIMIT
from sessions.openspace.commands.acting import Data, answered_by, by
from sessions.openspace.models import Gathering, Request, Topic
from sessions.openspace.rules import (
    can_move,
    can_run,
    can_take_part,
    can_use_market,
    why_not_run,
    why_not_take_part,
    why_not_use_market,
)
from synergy.live.kinds import Call, Command
from synergy.people.models import Person

# Longer than a topic may have, so that a text that is a little too long gets an answer that says so.
Title = Annotated[str, Meta(max_length=4 * topics.TITLE_LIMIT)]
Why = Annotated[str, Meta(max_length=4 * topics.WHY_LIMIT)]
Persons = Annotated[list[Key], Meta(max_length=4 * CO_CONVENERS_LIMIT)]
Topics = Annotated[list[Key], Meta(max_length=4 * topics.NOT_WITH_LIMIT)]
Capacity = Annotated[int, Meta(ge=1, le=2_000)]


class ProposeTopic(Data, frozen=True):
    """`co_conveners` are persons, `not_with` topics that it should not stand at the same time with."""

    title: Title
    why: Why = ""
    language: Lang = "en"
    co_conveners: Persons = []
    not_with: Topics = []
    wished_capacity: Capacity | None = None


class ChangeTopic(Data, frozen=True):
    """What is left out stays as it is."""

    topic: Key
    title: Title | UnsetType = UNSET
    why: Why | UnsetType = UNSET
    language: Lang | UnsetType = UNSET
    co_conveners: Persons | UnsetType = UNSET
    not_with: Topics | UnsetType = UNSET
    wished_capacity: Capacity | UnsetType | None = UNSET


class OneTopic(Data, frozen=True):
    topic: Key


class PlaceTopic(Data, frozen=True):
    """`from_slot`: where it stands now, null while it waits. `beside`: the topics seen in that slot and space."""

    topic: Key
    slot: Key
    space: Key
    from_slot: Key | None = None
    beside: Annotated[list[Key], Meta(max_length=topics.TOPICS_LIMIT)] = []


class UnplaceTopic(Data, frozen=True):
    topic: Key
    slot: Key


class MakeRequest(Data, frozen=True):
    """merge: `topic` into `other`. swap: `topic` in `from_slot`, `other` in `slot`. continue: `slot`, `space`."""

    kind: Literal["merge", "swap", "continue"]
    topic: Key
    other: Key | None = None
    from_slot: Key | None = None
    slot: Key | None = None
    space: Key | None = None


class AnswerRequest(Data, frozen=True):
    request: Key
    accept: bool


class TakeBackRequest(Data, frozen=True):
    request: Key


class MovePerson(Data, frozen=True):
    """Null: to no space."""

    space: Key | None


class InvitePerson(Data, frozen=True):
    person: Key
    space: Key


class Proposed(msgspec.Struct, frozen=True):
    """The answer to `topic.propose`."""

    topic: int
    number: int


class Requested(msgspec.Struct, frozen=True):
    """The answer to `request.make` and `request.answer`: `accepted` when it has been done."""

    request: int
    state: str


def _proposed(topic: Topic) -> Proposed:
    return Proposed(topic=topic.pk, number=topic.number)


def _requested(request: Request) -> Requested:
    return Requested(request=request.pk, state=request.state)


def _invite(call: Call) -> None:
    data: InvitePerson = call.data
    moving.invite_person(
        person=call.person, gathering=call.thing, guest=data.person, space=data.space, now=call.at
    )


def _closed_market(person: Person, gathering: Gathering) -> str:
    return why_not_use_market(person, gathering) or _("You may not do this here.")


def _no_part(person: Person, gathering: Gathering) -> str:
    return why_not_take_part(person, gathering) or _("You may not do this here.")


# Whose topic or request it is the action looks.
WALL_COMMANDS: tuple[Command, ...] = (
    Command(
        "topic.propose",
        ProposeTopic,
        can_use_market,
        answered_by(topics.propose_topic, _proposed),
        _closed_market,
    ),
    Command("topic.change", ChangeTopic, can_take_part, by(topics.change_topic), _no_part),
    Command("topic.withdraw", OneTopic, can_take_part, by(topics.withdraw_topic), _no_part),
    Command("topic.leave", OneTopic, can_take_part, by(topics.leave_topic), _no_part),
    Command("topic.adopt", OneTopic, can_take_part, by(topics.adopt_topic), _no_part),
    Command("topic.place", PlaceTopic, can_use_market, by(placing.place_topic), _closed_market),
    Command("topic.unplace", UnplaceTopic, can_use_market, by(placing.unplace_topic), _closed_market),
    Command("interest.mark", OneTopic, can_take_part, by(topics.mark_interest), _no_part),
    Command("interest.unmark", OneTopic, can_take_part, by(topics.unmark_interest), _no_part),
    Command(
        "request.make",
        MakeRequest,
        can_use_market,
        answered_by(requests.make_request, _requested),
        _closed_market,
    ),
    Command(
        "request.answer",
        AnswerRequest,
        can_take_part,
        answered_by(requests.answer_request, _requested),
        _no_part,
    ),
    Command("request.take_back", TakeBackRequest, can_take_part, by(requests.take_back_request), _no_part),
    Command("person.move", MovePerson, can_move, by(moving.move_person), _no_part),
    Command("person.invite", InvitePerson, can_run, _invite, why_not_run),
)
