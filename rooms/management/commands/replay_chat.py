"""Replays a real chat into a room, through the real doors, and says whether anything was lost."""

from __future__ import annotations

import asyncio
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from rooms.models import Room
from rooms.replay.cast import Cast, cast
from rooms.replay.chat import Chat, NotAChatError, read_chat
from rooms.replay.play import Performance, Play
from rooms.replay.servers import ServerDidNotStart, servers_at
from rooms.replay.verdict import judge


class Command(BaseCommand):
    help = (
        "Replay a chat log into a room: authors speak, readers drop out and come back, nothing may be lost."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="an IRC log as text, or JSON with `lines` and `links`")
        parser.add_argument("--room", required=True, help="number or name of the room")
        parser.add_argument(
            "--speed", type=float, default=60, help="how much faster than it was (default 60)"
        )
        parser.add_argument("--silence", type=float, default=2, help="longest pause, in seconds (default 2)")
        parser.add_argument("--clients", type=int, default=50, help="people who read along (default 50)")
        parser.add_argument("--lines", type=int, help="only the first lines of the file")
        parser.add_argument(
            "--url", action="append", help="a running server with this database; may be repeated"
        )
        parser.add_argument("--seed", type=int, help="the same drop-outs each time")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["speed"] <= 0 or options["clients"] < 0:
            raise CommandError("--speed has to be above 0, --clients at least 0.")
        chat = _chat(options["file"], options["lines"])
        room = _room(options["room"])
        try:
            with (
                servers_at(options["url"]) as urls,
                cast(room, chat.people, options["clients"], timezone.now()) as people,
            ):
                performance = asyncio.run(self._play(chat, people, f"room:{room.pk}", urls, options))
        except ServerDidNotStart as error:
            raise CommandError(str(error)) from None
        verdict = judge(performance)
        if not verdict.is_good:
            raise CommandError(verdict.text())
        self.stdout.write(self.style.SUCCESS(verdict.text()))

    async def _play(
        self, chat: Chat, people: Cast, stream: str, urls: Sequence[str], options: dict[str, Any]
    ) -> Performance:
        play = Play(
            chat,
            people,
            stream=stream,
            urls=urls,
            speed=options["speed"],
            silence=options["silence"],
            seed=options["seed"],
        )
        watching = asyncio.create_task(self._watch(play.performance))
        try:
            return await play.run()
        finally:
            watching.cancel()

    async def _watch(self, performance: Performance) -> None:
        """A line that renews itself on a terminal, else a line now and then."""
        began = time.monotonic()
        is_terminal = self.stderr.isatty()
        while True:
            await asyncio.sleep(1 if is_terminal else 10)
            there = sum(tab.is_in for tab in performance.readers)
            self.stderr.write(
                f"{time.monotonic() - began:5.0f} s  {len(performance.posted)} of {performance.total} lines, "
                f"{there} of {len(performance.readers)} readers there, {performance.drops} drop-outs, "
                f"{performance.faults} faults",
                ending="\r" if is_terminal else "\n",
            )


def _chat(path: Path, lines: int | None) -> Chat:
    try:
        chat = read_chat(path)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
    except (NotAChatError, ValueError, KeyError) as error:
        raise CommandError(f"{path} is not a chat that can be read: {error}") from None
    return Chat(chat.lines[:lines], chat.unread)


def _room(name: str) -> Room:
    rooms = Room.objects.filter(pk=name) if name.isdecimal() else Room.objects.filter(name=name)
    found = list(rooms[:2])
    if len(found) != 1:
        problem = "There are several rooms" if found else "There is no room"
        raise CommandError(f"{problem} with the name or number {name!r}.")
    return found[0]
