"""Two voices on the same items, and what stands in one plan and another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from challenges.plans.events import ItemCard
from challenges.plans.models import ReportEntry
from challenges.plans.words import Mark, confidence_mark, judged_word


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


def said_of(kind: str, entry: ReportEntry) -> Said:
    """`kind`: of the item."""
    return Said(
        str(judged_word(kind, entry.progress)),
        confidence_mark(entry.confidence),
        entry.evidence,
        entry.challenges,
    )


def pairs_of(
    items: Iterable[ItemCard], own: Mapping[int, ReportEntry], shadow: Mapping[int, ReportEntry]
) -> list[Pair]:
    """Of each item of which one of them says something, in order."""
    found = []
    for item in items:
        one, other = own.get(item.id), shadow.get(item.id)
        said = said_of(item.kind, one) if one else None
        answered = said_of(item.kind, other) if other else None
        if said or answered:
            found.append(Pair(item.id, said or None, answered or None, differs(item.kind, one, other)))
    return found


def differs(kind: str, own: ReportEntry | None, shadow: ReportEntry | None) -> bool:
    if own is None or shadow is None:
        return False
    far = (judged_word(kind, own.progress), judged_word(kind, shadow.progress))
    words = (far, (own.confidence, shadow.confidence))
    return any(one and other and one != other for one, other in words)
