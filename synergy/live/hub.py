"""What one process serves: its feeds, and what is gathered for them: presence, activity, read markers."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from synergy.journal import log
from synergy.journal.facts import Entry, StreamId
from synergy.live import frames, limits
from synergy.live.feed import Feed, Follower, Sink
from synergy.live.kinds import kind_named
from synergy.live.relay import Relay
from synergy.live.threads import DatabaseThreads

logger = logging.getLogger(__name__)


@dataclass
class Activity:
    """What happened in a child stream since its parent was told last."""

    names: Counter[str] = field(default_factory=Counter)
    by: set[int] = field(default_factory=set)
    head: int = 0


class Hub:
    """All feeds of this process, by stream."""

    def __init__(self, database: DatabaseThreads) -> None:
        self.process = uuid.uuid4().hex[:12]
        self.feeds: dict[StreamId, Feed] = {}
        self._database = database
        self._relay = Relay(self.process, self._hear)
        self._opening: dict[StreamId, asyncio.Task[Feed]] = {}
        self._parents: dict[StreamId, Sequence[StreamId]] = {}
        self._activity: dict[StreamId, Activity] = {}
        self._seen: dict[tuple[int, StreamId], int] = {}
        self._tasks = [
            asyncio.create_task(self._every(limits.PRESENCE_GATHER, self._gather_presence)),
            asyncio.create_task(self._every(limits.PRESENCE_BEAT, self._beat)),
            asyncio.create_task(self._every(limits.ACTIVITY_GATHER, self._tell_parents)),
            asyncio.create_task(self._every(limits.SEEN_GATHER, self._mark_seen)),
            asyncio.create_task(self._every(limits.HEARTBEAT, self._heal)),
        ]

    async def feed(self, stream: StreamId) -> Feed:
        """The stream's feed, subscribed on the layer before its position is read."""
        feed = self.feeds.get(stream)
        if feed is not None:
            return feed
        opening = self._opening.get(stream)
        if opening is None:
            opening = self._opening[stream] = asyncio.create_task(self._open(stream))
        return await asyncio.shield(opening)

    def committed(self, entries: Sequence[Entry]) -> None:
        """New events of this process: to its own followers at once, to the other processes by the relay."""
        by_stream: dict[StreamId, list[Entry]] = {}
        for entry in entries:
            by_stream.setdefault(entry.stream, []).append(entry)
        for stream, some in by_stream.items():
            pairs = [(entry.seq, entry.wire) for entry in some]
            feed = self.feeds.get(stream)
            if feed is not None:
                feed.receive(pairs)
            self._relay.tell(stream, {"events": [[seq, wire] for seq, wire in pairs]})
            activity = self._activity.setdefault(stream, Activity())
            activity.head = some[-1].seq
            for entry in some:
                activity.names[entry.name] += 1
                if entry.by is not None:
                    activity.by.add(entry.by)

    def signal(
        self, stream: StreamId, name: str, by: int | None, data: Any, *, but: Follower | None = None
    ) -> None:
        """Something that may be lost, to all followers in all processes."""
        text = frames.encode(frames.SignalOut(stream=str(stream), name=name, by=by, data=data))
        feed = self.feeds.get(stream)
        if feed is not None:
            feed.signal(text, but=but)
        self._relay.tell(stream, {"signal": text})

    def greet(self, parent: StreamId) -> None:
        """Somebody new follows `parent`: every process tells soon how many are in its children."""
        self._tell_again(parent)
        self._relay.tell(parent, {"greet": True})

    def seen(self, feed: Feed, follower: Follower, seq: int, *, read: bool) -> None:
        feed.acknowledge(follower, seq)
        if read:
            self.seen_by(feed.stream, follower.person, min(seq, feed.position))

    def seen_by(self, stream: StreamId, person: int, seq: int) -> None:
        """Moves a read marker, soon."""
        kind = kind_named(stream.kind)
        if kind is not None and kind.mark_seen is not None:
            self._seen[person, stream] = max(self._seen.get((person, stream), 0), seq)

    def followed(self, kind: str) -> list[int]:
        """The keys of the streams of this kind that somebody follows here."""
        return [stream.key for stream, feed in self.feeds.items() if stream.kind == kind and feed.followers]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._mark_seen()
        for stream, feed in self.feeds.items():
            feed.close()
            self._relay.tell(stream, {"people": []})
        await self._relay.close()

    async def _open(self, stream: StreamId) -> Feed:
        try:
            await self._relay.join(stream)
            position = await self._database.run(log.head, stream)
            feed = self.feeds[stream] = Feed(stream, position, self._read)
            self._relay.tell(stream, {"ask": True})
            return feed
        finally:
            del self._opening[stream]

    async def _read(self, stream: StreamId, after: int, limit: int) -> Sequence[Entry]:
        return await self._database.run(log.since, stream, after, limit)

    def _hear(self, stream: StreamId, message: dict[str, Any]) -> None:
        """A message of another process."""
        feed = self.feeds.get(stream)
        if feed is None:
            return
        if "events" in message:
            feed.receive((seq, wire) for seq, wire in message["events"])
        elif "signal" in message:
            feed.signal(message["signal"])
        elif "people" in message:
            feed.presence.hear(message["from"], message["people"])
        elif "ask" in message:
            self._relay.tell(stream, {"people": feed.presence.served_here()})
        elif "greet" in message:
            self._tell_again(stream)

    def _tell_again(self, parent: StreamId) -> None:
        for stream in self.feeds:
            if parent in self._parents.get(stream, ()):
                self._activity.setdefault(stream, Activity())

    async def _gather_presence(self) -> None:
        for stream, feed in list(self.feeds.items()):
            joined, left = feed.presence.changes()
            if not joined and not left:
                continue
            feed.signal(frames.encode(frames.Here(stream=str(stream), joined=joined, left=left)))
            self._relay.tell(stream, {"people": feed.presence.served_here()})
            self._activity.setdefault(stream, Activity())

    async def _beat(self) -> None:
        """Says again who is served here, forgets processes that are silent, lets go of feeds that nobody follows."""
        for stream, feed in list(self.feeds.items()):
            feed.presence.expire(keep_others=self._relay.is_failing)
            self._relay.tell(stream, {"people": feed.presence.served_here()})
            if feed.is_done_with():
                feed.close()
                del self.feeds[stream]
                await self._relay.leave(stream)
        await self._relay.renew()

    async def _tell_parents(self) -> None:
        told, self._activity = self._activity, {}
        for stream, activity in told.items():
            parents = await self._parents_of(stream)
            if not parents:
                continue
            feed = self.feeds.get(stream)
            data = {
                "stream": str(stream),
                "head": activity.head or (feed.position if feed else 0),
                "here": len(feed.presence.here()) if feed else None,
                "names": dict(activity.names),
                "by": sorted(activity.by)[:50],
            }
            for parent in parents:
                self.signal(parent, "activity", None, data)

    async def _parents_of(self, stream: StreamId) -> Sequence[StreamId]:
        if stream not in self._parents:
            kind = kind_named(stream.kind)
            if len(self._parents) > 10_000:
                self._parents.clear()
            self._parents[stream] = await self._database.run(kind.parents, stream.key) if kind else ()
        return self._parents[stream]

    async def _mark_seen(self) -> None:
        marks, self._seen = self._seen, {}
        by_kind: dict[str, list[tuple[int, int, int]]] = {}
        for (person, stream), seq in marks.items():
            by_kind.setdefault(stream.kind, []).append((person, stream.key, seq))
        for name, some in by_kind.items():
            kind = kind_named(name)
            if kind is None or kind.mark_seen is None:
                continue
            try:
                await self._database.run(kind.mark_seen, some, timezone.now())
            except Exception:
                logger.warning("read markers could not be saved; trying again", exc_info=True)
                for person, key, seq in some:
                    self.seen_by(StreamId(name, key), person, seq)

    async def _heal(self) -> None:
        """Every heartbeat: feeds that missed something read it, and every socket is told the heads."""
        if not self.feeds:
            return
        heads = await self._database.run(log.heads, list(self.feeds))
        for stream, head in heads.items():
            feed = self.feeds.get(stream)
            if feed is not None:
                feed.heal(head)
        by_sink: dict[Sink, dict[str, int]] = {}
        for stream, feed in self.feeds.items():
            for follower in feed.followers:
                if follower.is_live:
                    by_sink.setdefault(follower.sink, {})[str(stream)] = max(
                        feed.position, heads.get(stream, 0)
                    )
        for sink, streams in by_sink.items():
            await _push_quietly(sink, frames.encode(frames.Head(streams=streams)))

    async def _every(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await work()
            except Exception:
                logger.warning("%s failed; it runs again in %s s", work.__name__, seconds, exc_info=True)


async def _push_quietly(sink: Sink, frame: str) -> None:
    try:
        await sink.push(frame)
    except Exception:
        logger.debug("a socket went away during the heartbeat")


def people_of(feeds: Iterable[Feed]) -> set[int]:
    """Everybody whom these feeds serve here."""
    return {follower.person for feed in feeds for follower in feed.followers}
