"""What runs a gathering: stages, rounds, circles, news, calls, the vote, actions, and who is asked for a report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal

import msgspec
from django.utils.translation import gettext as _
from msgspec import Meta

from rooms.commands import Key, Lang
from sessions.openspace.actions import (
    agreed,
    calls,
    circles,
    news,
    reminders,
    reports,
    rounds,
    stages,
    voting,
)
from sessions.openspace.commands.acting import Data, Moment, answered_by, by
from sessions.openspace.models import Gathering
from sessions.openspace.rules import can_facilitate, can_run, can_take_part, why_not_run, why_not_take_part
from synergy.live.kinds import Call, Command
from synergy.people.models import Person


class SetStage(Data, frozen=True):
    stage: Literal["preparing", "opening", "marketplace", "rounds", "converging", "closing", "closed"]


class SetMarket(Data, frozen=True):
    is_open: bool


class StartRound(Data, frozen=True):
    """One that has ended goes on."""

    slot: Key


class EndRound(Data, frozen=True):
    slot: Key


class ExtendRound(Data, frozen=True):
    """`seen`: the end that one sees; if it has changed meanwhile, nothing is added."""

    slot: Key
    minutes: Annotated[int, Meta(ge=1, le=60)]
    seen: Moment | None = None


class RingGong(Data, frozen=True):
    pass


class SetClock(Data, frozen=True):
    """Whether rounds start and end by themselves."""

    runs_by_clock: bool


class PostNews(Data, frozen=True):
    text: Annotated[str, Meta(max_length=4_000)]
    language: Lang


class ChangeNews(Data, frozen=True):
    """Other words in the place of those that were posted."""

    news: Key
    text: Annotated[str, Meta(max_length=4_000)]


class MakeCall(Data, frozen=True):
    text: Annotated[str, Meta(max_length=2_000)] = ""


class TakeCall(Data, frozen=True):
    call: Key


class CloseCall(Data, frozen=True):
    call: Key


class StartCircle(Data, frozen=True):
    """`people`: ids of those who are here; without it all who take part are in the order."""

    kind: Literal["opening", "closing"]
    people: Annotated[list[Key], Meta(max_length=1_000)] | None = None


class PassPiece(Data, frozen=True):
    """To the next, or to a person. `holder`: whom one sees holding it; if it has moved on, it stays there."""

    to: Key | None = None
    holder: Key | None = None


class EndCircle(Data, frozen=True):
    pass


class OpenVoting(Data, frozen=True):
    """With another number of points than before the vote begins anew."""

    points_each: Annotated[int, Meta(ge=1, le=voting.POINTS_LIMIT)]


class CloseVoting(Data, frozen=True):
    pass


class CastVote(Data, frozen=True):
    """{topic id: points}; replaces all points that one gave."""

    points: Annotated[dict[Key, Annotated[int, Meta(ge=0, le=voting.POINTS_LIMIT)]], Meta(max_length=100)]


class AddAction(Data, frozen=True):
    what: Annotated[str, Meta(max_length=2_000)]
    convener: Key
    topic: Key | None = None
    first_step: Annotated[str, Meta(max_length=2_000)] = ""
    due: date | None = None


class ChangeAction(Data, frozen=True):
    """Says it all anew."""

    action: Key
    what: Annotated[str, Meta(max_length=2_000)]
    convener: Key
    topic: Key | None = None
    first_step: Annotated[str, Meta(max_length=2_000)] = ""
    due: date | None = None


class RemoveAction(Data, frozen=True):
    action: Key


class SayWord(Data, frozen=True):
    word: Annotated[str, Meta(max_length=200)]


class MarkTopic(Data, frozen=True):
    topic: Key
    took_place: bool


class RemindOfReport(Data, frozen=True):
    topic: Key


class Posted(msgspec.Struct, frozen=True):
    """The answer to `news.post`."""

    news: int


class Called(msgspec.Struct, frozen=True):
    """The answer to `call.make`."""

    call: int


class Cast(msgspec.Struct, frozen=True):
    """The answer to `vote.cast`: {topic id: points} as they stand now."""

    points: dict[int, int]


class Added(msgspec.Struct, frozen=True):
    """The answer to `action.add`."""

    action: int


def _may_mark(person: Person, gathering: Gathering) -> bool:
    """Who convenes the topic may, too, which the action looks up."""
    return can_run(person, gathering) or can_take_part(person, gathering)


def _why_no_part(person: Person, gathering: Gathering) -> str:
    return why_not_take_part(person, gathering) or _("You may not do this here.")


def _run(name: str, schema: type[msgspec.Struct], action: Callable[..., object]) -> Command:
    """For facilitators and organisers. All these may change the gathering itself."""
    return Command(name, schema, can_run, by(action), why_not_run, alters=True)


def _part(name: str, schema: type[msgspec.Struct], run: Callable[[Call], msgspec.Struct | None]) -> Command:
    """For all who take part."""
    return Command(name, schema, can_take_part, run, _why_no_part)


RUNNING_COMMANDS: tuple[Command, ...] = (
    Command("stage.set", SetStage, can_facilitate, by(stages.set_stage), why_not_run, alters=True),
    _run("market.set", SetMarket, stages.set_market),
    _run("round.start", StartRound, rounds.start_round),
    _run("round.end", EndRound, rounds.end_round),
    _run("round.extend", ExtendRound, rounds.extend_round),
    _run("gong.ring", RingGong, rounds.ring_gong),
    _run("clock.set", SetClock, rounds.set_clock),
    Command(
        "news.post",
        PostNews,
        can_run,
        answered_by(news.post_news, lambda posted: Posted(posted.pk)),
        why_not_run,
    ),
    _run("news.change", ChangeNews, news.change_news),
    _part("call.make", MakeCall, answered_by(calls.make_call, lambda made: Called(made.pk))),
    _run("call.take", TakeCall, calls.take_call),
    _part("call.close", CloseCall, by(calls.close_call)),
    _run("circle.start", StartCircle, circles.start_circle),
    _part("circle.pass", PassPiece, by(circles.pass_piece)),
    _run("circle.end", EndCircle, circles.end_circle),
    _run("voting.open", OpenVoting, voting.open_voting),
    _run("voting.close", CloseVoting, voting.close_voting),
    _part("vote.cast", CastVote, answered_by(voting.cast_vote, Cast)),
    _part("action.add", AddAction, answered_by(agreed.add_action, lambda added: Added(added.pk))),
    _part("action.change", ChangeAction, by(agreed.change_action)),
    _part("action.remove", RemoveAction, by(agreed.remove_action)),
    _part("word.say", SayWord, by(circles.say_word)),
    Command("topic.mark", MarkTopic, _may_mark, by(reports.mark_topic), _why_no_part),
    _run("report.remind", RemindOfReport, reminders.remind_of_report),
)
