"""The rehearsal as a whole: bots for these people, with or without a bot that facilitates."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from rooms.replay.cast import Part
from sessions.openspace.rehearsal.bots import Bot, Doings, Visitor
from sessions.openspace.rehearsal.lead import lead
from sessions.openspace.rehearsal.talk import SUBJECTS


@dataclass(frozen=True)
class Tempo:
    """`pace`: seconds between two doings of a bot. `round_seconds`, `patience`: see `lead`."""

    pace: float = 2.0
    round_seconds: float = 60.0
    patience: float = 60.0


async def rehearse(
    urls: Sequence[str],
    gathering: int,
    parts: Sequence[Part],
    doings: Doings,
    *,
    facilitator: Part | None,
    tempo: Tempo,
    seed: int,
) -> None:
    """Returns when the gathering is closed: by the bot that facilitates, or by a person."""
    bots = [
        Bot(
            urls,
            part,
            gathering,
            doings,
            subject=SUBJECTS[number] if number < len(SUBJECTS) else None,
            pace=tempo.pace,
            seed=seed + number,
        )
        for number, part in enumerate(parts)
    ]
    guide = Visitor(urls, facilitator, gathering, doings) if facilitator else None
    visitors: list[Visitor] = [*bots, *([guide] if guide else [])]
    async with asyncio.TaskGroup() as group:
        try:
            # The opening circle is of those who are here.
            await asyncio.gather(*(visitor.come() for visitor in visitors))
            living = [group.create_task(bot.live()) for bot in bots]
            if guide is not None:
                topics = min(len(bots), len(SUBJECTS))
                await lead(guide, topics=topics, seconds=tempo.round_seconds, patience=tempo.patience)
            await asyncio.gather(*living)
        finally:
            await asyncio.gather(*(visitor.end() for visitor in visitors))
