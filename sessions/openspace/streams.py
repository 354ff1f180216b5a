"""The stream kinds `gathering` and `topic`: what they hold and who may follow them."""

from __future__ import annotations

from sessions.openspace import events
from sessions.openspace.clock import run_clocks
from sessions.openspace.commands import GATHERING_COMMANDS, TOPIC_COMMANDS
from sessions.openspace.queries import (
    gathering_for,
    gathering_for_each,
    gathering_readers,
    gathering_state_of,
    report_state_of,
    topic_for,
    topic_readers,
)
from synergy.live.kinds import StreamKind

GATHERING = StreamKind(
    name="gathering",
    find=gathering_for,
    find_each=gathering_for_each,
    state=gathering_state_of,
    readers=gathering_readers,
    events=(
        events.GatheringChanged,
        events.StageSet,
        events.MarketSet,
        events.SpaceSet,
        events.SlotSet,
        events.TopicProposed,
        events.TopicChanged,
        events.TopicWithdrawn,
        events.TopicAdopted,
        events.TopicLeft,
        events.TopicPlaced,
        events.TopicUnplaced,
        events.TopicMarked,
        events.TopicReported,
        events.RequestMade,
        events.RequestAnswered,
        events.RoundStarted,
        events.RoundExtended,
        events.RoundEnded,
        events.GongRung,
        events.NewsPosted,
        events.NewsChanged,
        events.CallMade,
        events.CallTaken,
        events.CallClosed,
        events.CircleStarted,
        events.CirclePassed,
        events.CircleEnded,
        events.VotingSet,
        events.VoteCast,
        events.ActionSet,
        events.WordSaid,
        events.PersonMoved,
        events.PersonInvited,
        events.ReportReminded,
        events.InterestMarked,
        events.InterestUnmarked,
    ),
    commands=GATHERING_COMMANDS,
    tick=run_clocks,
)

TOPIC = StreamKind(
    name="topic",
    find=topic_for,
    state=report_state_of,
    readers=topic_readers,
    events=(events.ReportChanged, events.ReportConfirmed, events.ReportReopened),
    commands=TOPIC_COMMANDS,
    signals=frozenset({"typing"}),
)
