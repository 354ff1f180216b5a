"""What both doors do with a stream: open it, read it, run a command on it."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from synergy.journal import log
from synergy.journal.facts import StreamId
from synergy.live import frames, limits, rates
from synergy.live.commands import Answer, request_for
from synergy.live.feed import Feed, Follower, Sink
from synergy.live.kinds import StreamKind, kind_named
from synergy.live.process import LiveProcess
from synergy.live.refusals import Refused


def submit(
    process: LiveProcess, person: Any, command_id: UUID, stream: str, name: str, data: bytes
) -> asyncio.Future[Answer]:
    """Checks a command against the table and gives it to the writer. Raises Refused."""
    request = request_for(person, command_id, stream, name, data, person.language)
    rates.spend_command(person.pk)
    return process.writer.submit(request)


async def open_stream(
    process: LiveProcess, sink: Sink, person: Any, stream: StreamId, after: int | None
) -> tuple[Feed, Follower, frames.Opened]:
    """A follower of the feed, at the right number, and the frame to send to it. The caller has it catch up.

    Raises Refused (`not_found`) when the person may not read the stream.
    """
    kind = kind_or_refusal(stream)
    feed = await process.hub.feed(stream)
    with feed.held():
        position, head, state = await process.readers.run(_read, kind, person, stream, after)
        rates.spend(person.pk, "replay", limits.REPLAY_RATE, (head - position) // limits.REPLAY_UNIT)
        follower = Follower(sink, person.pk, position)
        feed.add(follower)
    process.hub.greet(stream)
    here = sorted(feed.presence.here())
    return feed, follower, frames.Opened(stream=str(stream), head=head, state=state, here=here)


def kind_or_refusal(stream: StreamId) -> StreamKind:
    kind = kind_named(stream.kind)
    if kind is None:
        raise Refused("not_found", _("There is nothing here with this address."))
    return kind


def find(kind: StreamKind, person: Any, stream: StreamId) -> Any:
    """The stream's thing, loaded through the person. Raises Refused (`not_found`)."""
    thing = kind.find(person, stream.key)
    if thing is None:
        raise Refused("not_found", _("There is nothing here with this address, or you may not see it."))
    return thing


def read_state(kind: StreamKind, person: Any, stream: StreamId) -> tuple[int, Any]:
    """(head, state) of one moment."""
    with override(person.language), log.snapshot():
        head = log.head(stream)
        return head, kind.state(person, find(kind, person, stream))


def _read(kind: StreamKind, person: Any, stream: StreamId, after: int | None) -> tuple[int, int, Any]:
    """(where the follower stands, head, state or None). See `Opened` for when there is a state."""
    if after is not None:
        with override(person.language):
            find(kind, person, stream)
        head = log.head(stream)
        if after <= head <= after + settings.CONFIG.replay_limit:
            return after, head, None
    head, state = read_state(kind, person, stream)
    return head, head, state
