"""What the mixer is asked: people, challenges and what somebody has settled by hand. Nothing here knows of a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

COUNTRIES_WISHED = 3
"""Countries that each group should have at least."""


@dataclass(frozen=True)
class Participant:
    id: int
    institution: int
    country: str
    tier: str
    languages: frozenset[str]


@dataclass(frozen=True)
class Case:
    """A challenge; one group works on it. `institution` is the one that brings it."""

    id: int
    institution: int
    wished_size: int | None = None


@dataclass(frozen=True)
class Wishes:
    """All that the mixer goes by. The order of people and cases makes no difference.

    Raises ValueError when no arrangement can follow from it: no case, fewer people than cases, somebody
    twice, or somebody fixed to a case that is not there.
    """

    people: tuple[Participant, ...]
    cases: tuple[Case, ...]
    together: frozenset[tuple[int, int]] = frozenset()
    """Pairs of person ids, smaller first, who have worked in one group before."""
    fixed: Mapping[int, int] = field(default_factory=dict)
    """{person id: case id}: the place that somebody has settled. It goes before `kept_out`."""
    kept_out: frozenset[tuple[int, int]] = frozenset()
    """(person id, case id): groups where a person should not be."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "people", tuple(sorted(self.people, key=lambda each: each.id)))
        object.__setattr__(self, "cases", tuple(sorted(self.cases, key=lambda each: each.id)))
        people, cases = _once(each.id for each in self.people), _once(each.id for each in self.cases)
        if not cases or len(people) < len(cases):
            raise ValueError("each group needs a challenge and at least one person")
        if not (self.fixed.keys() <= people and set(self.fixed.values()) <= cases):
            raise ValueError("somebody is fixed who is not there, or to a challenge that is not there")
        if any(case.wished_size is not None and case.wished_size < 1 for case in self.cases):
            raise ValueError("a group has at least one person")

    def met(self, one: int, other: int) -> bool:
        return (min(one, other), max(one, other)) in self.together


def _once(ids: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for each in ids:
        if each in found:
            raise ValueError(f"{each} is there twice")
        found.add(each)
    return found
