"""What a replay has shown: whether every line arrived exactly once, in order, at everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rooms.replay.play import Performance
from rooms.replay.tab import Tab

SHOWN = 10


@dataclass(frozen=True)
class Verdict:
    """`findings` is empty when all is well."""

    findings: tuple[str, ...]
    summary: str

    @property
    def is_good(self) -> bool:
        return not self.findings

    def text(self) -> str:
        if self.is_good:
            return f"{self.summary}\nEvery line arrived exactly once, in order, at every reader that stayed or came back."
        shown = [f"  {finding}" for finding in self.findings[:SHOWN]]
        more = len(self.findings) - SHOWN
        rest = [f"  and {more} more"] if more > 0 else []
        return "\n".join([self.summary, f"{len(self.findings)} things went wrong:", *shown, *rest])


def judge(performance: Performance) -> Verdict:
    stayed = len(performance.readers) - len(performance.gone)
    summary = (
        f"{len(performance.posted)} of {performance.total} lines said by {len(performance.authors)} people, "
        f"{performance.replies} of them in threads. {len(performance.readers)} readers dropped out "
        f"{performance.drops} times and came back {performance.returns} times; {stayed} were there at the end."
    )
    return Verdict(tuple(_findings(performance)), summary)


def _findings(performance: Performance) -> Iterator[str]:
    yield from performance.refused
    if len(performance.posted) + len(performance.refused) < performance.total:
        yield f"{performance.total - len(performance.posted)} lines were never answered"
    last = max(performance.posted, default=0)
    for number, tab in enumerate(performance.readers, start=1):
        until = (tab.last or 0) if tab in performance.gone else last
        yield from (f"reader {number}: {finding}" for finding in _of_one(tab, performance.posted, until))
    for tab in performance.authors:
        yield from (f"an author: {fault}" for fault in tab.faults)


def _of_one(tab: Tab, posted: dict[int, tuple[int, str]], until: int) -> Iterator[str]:
    """What is wrong with what one reader has up to number `until`."""
    yield from tab.faults
    arrived: dict[int, tuple[int | None, str]] = {}
    for event in tab.heard:
        if event.name == "message.posted":
            if event.seq in arrived:
                yield f"{event.seq} arrived twice"
            arrived[event.seq] = (event.by, event.data["text"])
    wanted = {seq: line for seq, line in posted.items() if tab.since < seq <= until}
    if missing := sorted(wanted.keys() - arrived.keys()):
        yield f"{len(missing)} lines are missing, the first is {missing[0]}"
    for seq in sorted(wanted.keys() & arrived.keys()):
        if wanted[seq] != arrived[seq]:
            yield f"{seq} arrived as {arrived[seq]}, not as {wanted[seq]}"
