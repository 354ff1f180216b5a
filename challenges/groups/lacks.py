"""What is not as it was wished, gathered so that it can be read for sixty people: by wish, by reason, by group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from challenges.groups.events import MixStateCard, ShortfallCard
from challenges.groups.words import circles_text, group_text, institution_text, why_text, wish_text
from rooms.events import PersonCard

FEW = 3
"""As many lines are read at once; more are opened."""


@dataclass(frozen=True)
class Cause:
    """Why a wish is not met, and where."""

    why: str
    places: list[str]


@dataclass(frozen=True)
class Lack:
    """A wish that is not met somewhere."""

    wish: str
    text: str
    causes: list[Cause]

    @property
    def count(self) -> int:
        return sum(len(cause.places) for cause in self.causes)

    @property
    def is_short(self) -> bool:
        return self.count <= FEW


def lacks_of(state: MixStateCard) -> list[Lack]:
    """What counts most first, as the shortfalls stand."""
    numbers = {group.id: group.number for group in state.groups}
    found: dict[str, dict[str, list[ShortfallCard]]] = {}
    for each in state.shortfalls:
        found.setdefault(each.wish, {}).setdefault(why_text(each), []).append(each)
    return [
        Lack(
            wish,
            wish_text(wish),
            [Cause(why, list(_places(wish, rows, numbers, state.people))) for why, rows in causes.items()],
        )
        for wish, causes in found.items()
    ]


def circles(pairs: Iterable[Sequence[int]]) -> list[list[int]]:
    """Sets of people in which everybody makes a pair with everybody; together they hold all the pairs."""
    known = {frozenset(pair) for pair in pairs}
    people = sorted({person for pair in known for person in pair})
    left, found = set(known), []
    while left:
        circle = min(sorted(pair) for pair in left)
        for person in people:
            if person not in circle and all(frozenset((person, each)) in known for each in circle):
                circle.append(person)
        left -= {pair for pair in left if pair <= set(circle)}
        found.append(sorted(circle))
    return found


def _places(
    wish: str, rows: Sequence[ShortfallCard], numbers: Mapping[int, int], people: Mapping[str, PersonCard]
) -> Iterator[str]:
    def number(row: ShortfallCard) -> int:
        return numbers.get(row.group or 0, 0)

    def names(ids: Iterable[int]) -> list[str]:
        return [people[str(pk)].name for pk in ids if str(pk) in people]

    if wish == "new_people":
        for group, own in _by(rows, number):
            yield circles_text(group, [names(each) for each in circles(row.people for row in own)])
    elif wish == "one_per_institution":
        for institution, own in _by(rows, lambda row: people[str(row.people[0])].institution):
            yield institution_text(institution, [(number(row), names(row.people)) for row in own])
    else:
        for row in rows:
            yield group_text(row, number(row), names(row.people))


def _by(
    rows: Iterable[ShortfallCard], key: Callable[[ShortfallCard], Any]
) -> list[tuple[Any, list[ShortfallCard]]]:
    found: dict[Any, list[ShortfallCard]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return list(found.items())
