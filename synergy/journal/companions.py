"""Who writes something of its own in the transaction that writes entries of the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from synergy.journal.facts import Entry

Companion = Callable[[Sequence[Entry]], None]
_companions: list[Companion] = []


def accompany(companion: Companion) -> None:
    """Has `companion` called with new entries in the transaction that writes them; it appends nothing."""
    if companion not in _companions:
        _companions.append(companion)


def go_along(entries: Sequence[Entry]) -> None:
    for companion in _companions:
        companion(entries)
