"""Groups for a day, with the reasons for each person and the wishes that are not met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from challenges.groups.mixing.findings import Arrangement, Reason, Shortfall
from challenges.groups.mixing.reasons import reasons_for
from challenges.groups.mixing.search import search
from challenges.groups.mixing.shortfalls import shortfalls_of
from challenges.groups.mixing.wishes import Wishes


@dataclass(frozen=True)
class Mixed:
    groups: dict[int, tuple[int, ...]]
    """{case id: person ids}, in the order of ids"""
    reasons: dict[int, tuple[Reason, ...]]
    """{person id: why they are there}, what counts most first; never empty"""
    shortfalls: tuple[Shortfall, ...]


def mix(wishes: Wishes, seed: int) -> Mixed:
    """Groups as near to the wishes as the search comes. The same for the same wishes and seed."""
    places = search(wishes, seed)
    groups: dict[int, list[int]] = {case.id: [] for case in wishes.cases}
    for person, place in zip(wishes.people, places, strict=True):
        groups[wishes.cases[place].id].append(person.id)
    return review(wishes, groups)


def review(wishes: Wishes, groups: Mapping[int, Iterable[int]], *, by_hand: bool = False) -> Mixed:
    """What there is to say of groups, {case id: person ids}, that somebody may have changed `by_hand`."""
    people = {person.id: person for person in wishes.people}
    filled = {
        case.id: tuple(people[person] for person in sorted(groups.get(case.id, ()))) for case in wishes.cases
    }
    found = Arrangement(wishes, filled)
    return Mixed(
        groups={case: tuple(person.id for person in members) for case, members in filled.items()},
        reasons={
            person.id: reasons_for(found, case, person)
            for case, members in found.cases()
            for person in members
        },
        shortfalls=tuple(shortfalls_of(found, by_hand=by_hand)),
    )
