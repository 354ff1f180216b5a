"""The wall: topics, interest, requests, and who goes where."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from django.utils.translation import gettext as _
from msgspec import UNSET, Meta, UnsetType

from sessions.openspace.actions import moving, placing, requests, topics
from sessions.openspace.models import Gathering
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

Key = Annotated[int, Meta(ge=1, lt=2**53)]
Lang = Literal["en", "pl", "bg", "lv", "hu", "sk"]
# Longer than a topic may have, so that a text that is a little too long gets an answer that says so.
Title = Annotated[str, Meta(max_length=4 * topics.TITLE_LIMIT)]
Why = Annotated[str, Meta(max_length=4 * topics.WHY_LIMIT)]
Persons = Annotated[list[Key], Meta(max_length=4 * topics.CO_CONVENERS_LIMIT)]
Topics = Annotated[list[Key], Meta(max_length=4 * topics.NOT_WITH_LIMIT)]
Capacity = Annotated[int, Meta(ge=1, le=2_000)]


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class ProposeTopic(_Data, frozen=True):
    """`co_conveners` are persons, `not_with` topics that it should not stand at the same time with."""

    title: Title
    why: Why = ""
    language: Lang = "en"
    co_conveners: Persons = []
    not_with: Topics = []
    wished_capacity: Capacity | None = None


class ChangeTopic(_Data, frozen=True):
    """What is left out stays as it is."""

    topic: Key
    title: Title | UnsetType = UNSET
    why: Why | UnsetType = UNSET
    language: Lang | UnsetType = UNSET
    co_conveners: Persons | UnsetType = UNSET
    not_with: Topics | UnsetType = UNSET
    wished_capacity: Capacity | UnsetType | None = UNSET


class OneTopic(_Data, frozen=True):
    topic: Key


class PlaceTopic(_Data, frozen=True):
    """`from_slot`: where it stands now, null while it waits. `beside`: the topics seen in that slot and space."""

    topic: Key
    slot: Key
    space: Key
    from_slot: Key | None = None
    beside: Annotated[list[Key], Meta(max_length=topics.TOPICS_LIMIT)] = []


class UnplaceTopic(_Data, frozen=True):
    topic: Key
    slot: Key


class MakeRequest(_Data, frozen=True):
    """merge: `topic` into `other`. swap: `topic` in `from_slot`, `other` in `slot`. continue: `slot`, `space`."""

    kind: Literal["merge", "swap", "continue"]
    topic: Key
    other: Key | None = None
    from_slot: Key | None = None
    slot: Key | None = None
    space: Key | None = None


class AnswerRequest(_Data, frozen=True):
    request: Key
    accept: bool


class TakeBackRequest(_Data, frozen=True):
    request: Key


class MovePerson(_Data, frozen=True):
    """Null: to no space."""

    space: Key | None


class InvitePerson(_Data, frozen=True):
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


def _propose(call: Call) -> Proposed:
    data: ProposeTopic = call.data
    topic = topics.propose_topic(
        person=call.person,
        gathering=call.thing,
        title=data.title,
        why=data.why,
        language=data.language,
        co_conveners=data.co_conveners,
        not_with=data.not_with,
        wished_capacity=data.wished_capacity,
        now=call.at,
    )
    return Proposed(topic=topic.pk, number=topic.number)


def _change(call: Call) -> None:
    data: ChangeTopic = call.data
    topics.change_topic(
        person=call.person,
        gathering=call.thing,
        topic=data.topic,
        title=data.title,
        why=data.why,
        language=data.language,
        co_conveners=data.co_conveners,
        not_with=data.not_with,
        wished_capacity=data.wished_capacity,
        now=call.at,
    )


def _withdraw(call: Call) -> None:
    topics.withdraw_topic(person=call.person, gathering=call.thing, topic=call.data.topic, now=call.at)


def _leave(call: Call) -> None:
    topics.leave_topic(person=call.person, gathering=call.thing, topic=call.data.topic, now=call.at)


def _adopt(call: Call) -> None:
    topics.adopt_topic(person=call.person, gathering=call.thing, topic=call.data.topic, now=call.at)


def _place(call: Call) -> None:
    data: PlaceTopic = call.data
    placing.place_topic(
        person=call.person,
        gathering=call.thing,
        topic=data.topic,
        slot=data.slot,
        space=data.space,
        from_slot=data.from_slot,
        beside=data.beside,
        now=call.at,
    )


def _unplace(call: Call) -> None:
    data: UnplaceTopic = call.data
    placing.unplace_topic(
        person=call.person, gathering=call.thing, topic=data.topic, slot=data.slot, now=call.at
    )


def _mark_interest(call: Call) -> None:
    topics.mark_interest(person=call.person, gathering=call.thing, topic=call.data.topic, now=call.at)


def _unmark_interest(call: Call) -> None:
    topics.unmark_interest(person=call.person, gathering=call.thing, topic=call.data.topic, now=call.at)


def _request(call: Call) -> Requested:
    data: MakeRequest = call.data
    request = requests.make_request(
        person=call.person,
        gathering=call.thing,
        kind=data.kind,
        topic=data.topic,
        other=data.other,
        from_slot=data.from_slot,
        slot=data.slot,
        space=data.space,
        now=call.at,
    )
    return Requested(request=request.pk, state=request.state)


def _answer(call: Call) -> Requested:
    data: AnswerRequest = call.data
    request = requests.answer_request(
        person=call.person, gathering=call.thing, request=data.request, accept=data.accept, now=call.at
    )
    return Requested(request=request.pk, state=request.state)


def _take_back(call: Call) -> None:
    requests.take_back_request(
        person=call.person, gathering=call.thing, request=call.data.request, now=call.at
    )


def _move(call: Call) -> None:
    moving.move_person(person=call.person, gathering=call.thing, space=call.data.space, now=call.at)


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
    Command("topic.propose", ProposeTopic, can_use_market, _propose, _closed_market),
    Command("topic.change", ChangeTopic, can_take_part, _change, _no_part),
    Command("topic.withdraw", OneTopic, can_take_part, _withdraw, _no_part),
    Command("topic.leave", OneTopic, can_take_part, _leave, _no_part),
    Command("topic.adopt", OneTopic, can_take_part, _adopt, _no_part),
    Command("topic.place", PlaceTopic, can_use_market, _place, _closed_market),
    Command("topic.unplace", UnplaceTopic, can_use_market, _unplace, _closed_market),
    Command("interest.mark", OneTopic, can_take_part, _mark_interest, _no_part),
    Command("interest.unmark", OneTopic, can_take_part, _unmark_interest, _no_part),
    Command("request.make", MakeRequest, can_use_market, _request, _closed_market),
    Command("request.answer", AnswerRequest, can_take_part, _answer, _no_part),
    Command("request.take_back", TakeBackRequest, can_take_part, _take_back, _no_part),
    Command("person.move", MovePerson, can_move, _move, _no_part),
    Command("person.invite", InvitePerson, can_run, _invite, why_not_run),
)
