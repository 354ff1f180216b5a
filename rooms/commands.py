"""What the doors accept in a room and in a cohort: name → shape, rule, action."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from django.utils.translation import gettext as _
from msgspec import Meta

from rooms import actions
from rooms.actions.messages import FILES_LIMIT, MENTION_LIMIT
from rooms.models import Room
from rooms.rules import (
    can_moderate,
    can_poll,
    can_post,
    can_raise_hand,
    can_read,
    can_set_state,
    why_not_post,
)
from rooms.text import TEXT_LIMIT
from synergy.cohorts.models import Cohort
from synergy.live.kinds import Call, Command
from synergy.people.models import Person

Seq = Annotated[int, Meta(ge=1, lt=2**53)]
Key = Annotated[int, Meta(ge=1, lt=2**53)]
Text = Annotated[str, Meta(max_length=4 * TEXT_LIMIT)]
"""Longer than a message may be, so that a text that is a little too long gets an answer that says so."""
Lang = Literal["en", "pl", "bg", "lv", "hu", "sk"]
Mentions = Annotated[list[Key], Meta(max_length=MENTION_LIMIT)]
Reaction = Literal["agree", "useful", "tell_me_more"]


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class PostMessage(_Data, frozen=True):
    """`root`: the message that this one answers. `files`: ids that the upload gave."""

    text: Text
    root: Seq | None = None
    lang: Lang | None = None
    mentions: Mentions = []
    files: Annotated[list[Key], Meta(max_length=FILES_LIMIT)] = []


class EditMessage(_Data, frozen=True):
    message: Seq
    text: Text
    mentions: Mentions = []


class RemoveMessage(_Data, frozen=True):
    """`reason` may be left out by the author only."""

    message: Seq
    reason: Annotated[str, Meta(max_length=1_000)] = ""


class SetMessageLanguage(_Data, frozen=True):
    message: Seq
    lang: Lang


class PinMessage(_Data, frozen=True):
    message: Seq


class UnpinMessage(_Data, frozen=True):
    message: Seq


class AddReaction(_Data, frozen=True):
    message: Seq
    kind: Reaction


class RemoveReaction(_Data, frozen=True):
    message: Seq
    kind: Reaction


class SetRoomState(_Data, frozen=True):
    state: Literal["open", "read_only", "archived"]


class OpenRoom(_Data, frozen=True):
    name: Annotated[str, Meta(max_length=200)]
    title: Annotated[str, Meta(max_length=1_000)]
    language: Lang = "en"
    kind: Literal["plenary", "topic", "lounge"] = "topic"


class RaiseHand(_Data, frozen=True):
    pass


class LowerHand(_Data, frozen=True):
    """`person` is left out for one's own hand."""

    person: Key | None = None


class OpenPoll(_Data, frozen=True):
    question: Annotated[str, Meta(max_length=1_000)]
    options: Annotated[list[Annotated[str, Meta(max_length=500)]], Meta(max_length=20)]
    multiple: bool = False


class Vote(_Data, frozen=True):
    """`options` are indexes; an empty list takes the choice back."""

    poll: Key
    options: Annotated[list[Annotated[int, Meta(ge=0, lt=20)]], Meta(max_length=20)]


class ClosePoll(_Data, frozen=True):
    poll: Key


class Posted(msgspec.Struct, frozen=True):
    """The answer to `message.post`: the seq by which the message is known."""

    message: int


class Opened(msgspec.Struct, frozen=True):
    """The answer to `room.open`."""

    room: int


class PollAsked(msgspec.Struct, frozen=True):
    """The answer to `poll.open`."""

    poll: int


class Voted(msgspec.Struct, frozen=True):
    """The answer to `poll.vote`: the person's choice as it is now."""

    poll: int
    options: list[int]


def _post(call: Call) -> Posted:
    data: PostMessage = call.data
    message = actions.post_message(
        person=call.person,
        room=call.thing,
        text=data.text,
        now=call.at,
        root=data.root,
        lang=data.lang,
        mentions=data.mentions,
        files=data.files,
    )
    return Posted(message=message.seq)


def _edit(call: Call) -> None:
    data: EditMessage = call.data
    actions.edit_message(
        person=call.person,
        room=call.thing,
        message=data.message,
        text=data.text,
        mentions=data.mentions,
        now=call.at,
    )


def _remove(call: Call) -> None:
    data: RemoveMessage = call.data
    actions.remove_message(
        person=call.person, room=call.thing, message=data.message, reason=data.reason, now=call.at
    )


def _set_language(call: Call) -> None:
    data: SetMessageLanguage = call.data
    actions.set_message_language(
        person=call.person, room=call.thing, message=data.message, lang=data.lang, now=call.at
    )


def _pin(call: Call) -> None:
    actions.pin_message(person=call.person, room=call.thing, message=call.data.message, now=call.at)


def _unpin(call: Call) -> None:
    actions.unpin_message(person=call.person, room=call.thing, message=call.data.message, now=call.at)


def _add_reaction(call: Call) -> None:
    data: AddReaction = call.data
    actions.add_reaction(
        person=call.person, room=call.thing, message=data.message, kind=data.kind, now=call.at
    )


def _remove_reaction(call: Call) -> None:
    data: RemoveReaction = call.data
    actions.remove_reaction(
        person=call.person, room=call.thing, message=data.message, kind=data.kind, now=call.at
    )


def _raise_hand(call: Call) -> None:
    actions.raise_hand(person=call.person, room=call.thing, now=call.at)


def _lower_hand(call: Call) -> None:
    whose = call.data.person or call.person.pk
    actions.lower_hand(person=call.person, room=call.thing, whose=whose, now=call.at)


def _open_poll(call: Call) -> PollAsked:
    data: OpenPoll = call.data
    poll = actions.open_poll(
        person=call.person,
        room=call.thing,
        question=data.question,
        options=data.options,
        multiple=data.multiple,
        now=call.at,
    )
    return PollAsked(poll=poll.pk)


def _vote(call: Call) -> Voted:
    data: Vote = call.data
    options = actions.vote(
        person=call.person, room=call.thing, poll=data.poll, options=data.options, now=call.at
    )
    return Voted(poll=data.poll, options=options)


def _close_poll(call: Call) -> None:
    actions.close_poll(person=call.person, room=call.thing, poll=call.data.poll, now=call.at)


def _set_state(call: Call) -> None:
    actions.set_room_state(person=call.person, room=call.thing, state=call.data.state, now=call.at)


def _open_room(call: Call) -> Opened:
    data: OpenRoom = call.data
    room = actions.open_room(
        person=call.person,
        cohort=call.thing,
        name=data.name,
        title=data.title,
        language=data.language,
        kind=data.kind,
        now=call.at,
    )
    return Opened(room=room.pk)


def _may_read_cohort(person: Person, cohort: Cohort) -> bool:
    """Whoever has the cohort in hand has a seat in it; the action looks which one."""
    return True


def _denied(person: Person, room: Room) -> str:
    return why_not_post(person, room) or _("Only facilitators and organisers may do this.")


# For edit, removal, language, other people's hands and closing a poll it depends on what the action loads.
ROOM_COMMANDS = (
    Command("message.post", PostMessage, can_post, _post, _denied),
    Command("message.edit", EditMessage, can_post, _edit, _denied),
    Command("message.remove", RemoveMessage, can_read, _remove, _denied),
    Command("message.set_language", SetMessageLanguage, can_read, _set_language, _denied),
    Command("message.pin", PinMessage, can_moderate, _pin, _denied),
    Command("message.unpin", UnpinMessage, can_moderate, _unpin, _denied),
    Command("reaction.add", AddReaction, can_post, _add_reaction, _denied),
    Command("reaction.remove", RemoveReaction, can_post, _remove_reaction, _denied),
    Command("hand.raise", RaiseHand, can_raise_hand, _raise_hand, _denied),
    Command("hand.lower", LowerHand, can_read, _lower_hand, _denied),
    Command("poll.open", OpenPoll, can_poll, _open_poll, _denied),
    Command("poll.vote", Vote, can_poll, _vote, _denied),
    Command("poll.close", ClosePoll, can_read, _close_poll, _denied),
    Command("room.set_state", SetRoomState, can_set_state, _set_state, _denied, alters=True),
)

COHORT_COMMANDS = (Command("room.open", OpenRoom, _may_read_cohort, _open_room),)
