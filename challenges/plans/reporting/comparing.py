"""Two voices on the same items, and what stands in one plan and another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from challenges.plans.models import ReportEntry
from challenges.plans.words import Mark, confidence_mark, progress_word


@dataclass(frozen=True)
class Said:
    """What one voice says of an item."""

    progress: str
    confidence: Mark | None
    evidence: str
    challenges: str

    @property
    def judged(self) -> str:
        """ "Substantial, Probable"; empty when nothing is judged."""
        mark = str(self.confidence.label) if self.confidence else ""
        return ", ".join(each for each in (self.progress, mark) if each)

    def __bool__(self) -> bool:
        return bool(self.judged or self.evidence or self.challenges)


@dataclass(frozen=True)
class Pair:
    """`differs`: both judge it, and not alike. What one of them leaves open is no difference."""

    item: int
    own: Said | None
    shadow: Said | None
    differs: bool


def said_of(entry: ReportEntry) -> Said:
    return Said(
        str(progress_word(entry.progress)),
        confidence_mark(entry.confidence),
        entry.evidence,
        entry.challenges,
    )


def pairs_of(
    items: Iterable[int], own: Mapping[int, ReportEntry], shadow: Mapping[int, ReportEntry]
) -> list[Pair]:
    """Of each item of which one of them says something, in order."""
    found = []
    for item in items:
        one, other = own.get(item), shadow.get(item)
        said, answered = (said_of(one) if one else None), (said_of(other) if other else None)
        if said or answered:
            found.append(Pair(item, said or None, answered or None, differs(one, other)))
    return found


def differs(own: ReportEntry | None, shadow: ReportEntry | None) -> bool:
    if own is None or shadow is None:
        return False
    words = ((own.progress, shadow.progress), (own.confidence, shadow.confidence))
    return any(one and other and one != other for one, other in words)
