"""Who sits where, and how far that is from what was wished: one number, kept up to date move by move.

# Note [What counts more]

Sizes, fixed places and groups that somebody is kept out of are not weighed: the search never leaves
them. The other wishes have weights so far apart that one of a kind counts more than all that a move
could gain among the kinds below it. What concerns pairs (the same institution, tier or country, having
worked together) is kept as a sum for each person and group, so that a move is judged in constant time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from challenges.groups.mixing.wishes import COUNTRIES_WISHED, Participant, Wishes

NO_OWN = 100_000
"""Nobody of the institution that brings the challenge is in its group."""
NO_LANGUAGE = 20_000
"""For each member who does not speak the language that most of the group speak."""
SAME_INSTITUTION = 8_000
NO_COUNTRY = 1_500
"""For each country that a group lacks."""
TOGETHER = 60
SAME_TIER = 20
SAME_COUNTRY = 8


class Table:
    """A complete arrangement. People and groups are numbered as in `wishes`."""

    def __init__(self, wishes: Wishes, groups: Sequence[int]) -> None:
        """`groups`: for each person the number of their group."""
        self.people, self.cases = wishes.people, wishes.cases
        self.groups = list(groups)
        self.members = Counter(groups)
        self.pairs = pair_weights(wishes)
        self._codes = _languages_that_matter(self.people)
        countries = sorted({person.country for person in self.people})
        self._country = [countries.index(person.country) for person in self.people]
        self._from = [[0] * len(countries) for _case in self.cases]
        self._countries = [0] * len(self.cases)
        self._spoken = [dict.fromkeys(self._codes, 0) for _case in self.cases]
        self._own = [0] * len(self.cases)
        self._links = [[0] * len(self.cases) for _person in self.people]
        """For each person and group: the weights of the pairs that the person makes with its members."""
        for person, group in enumerate(groups):
            self._count(person, group, 1)
            self._link(person, group, 1)

    def penalty(self) -> int:
        """0 when every wish is met."""
        pairs = sum(self._links[person][group] for person, group in enumerate(self.groups)) // 2
        return pairs + sum(self._lacks(group) for group in range(len(self.cases)))

    def move_cost(self, person: int, to: int) -> int:
        """What moving the person would add to the penalty."""
        at = self.groups[person]
        links = self._links[person]
        before = self._lacks(at) + self._lacks(to)
        self._recount(person, at, to)
        after = self._lacks(at) + self._lacks(to)
        self._recount(person, to, at)
        return links[to] - links[at] + after - before

    def swap_cost(self, one: int, other: int) -> int:
        """What swapping two people of different groups would add to the penalty."""
        here, there = self.groups[one], self.groups[other]
        mine, theirs = self._links[one], self._links[other]
        links = mine[there] - mine[here] + theirs[here] - theirs[there] - 2 * self.pairs[one][other]
        before = self._lacks(here) + self._lacks(there)
        self._recount(one, here, there)
        self._recount(other, there, here)
        after = self._lacks(here) + self._lacks(there)
        self._recount(one, there, here)
        self._recount(other, here, there)
        return links + after - before

    def move(self, person: int, to: int) -> None:
        at = self.groups[person]
        self._link(person, at, -1)
        self._recount(person, at, to)
        self._link(person, to, 1)
        self.groups[person] = to

    def swap(self, one: int, other: int) -> None:
        here, there = self.groups[one], self.groups[other]
        self.move(one, there)
        self.move(other, here)

    def _lacks(self, group: int) -> int:
        """What the group lacks as a whole, in weights."""
        members = self.members[group]
        if not members:
            return NO_OWN
        lacks = 0 if self._own[group] else NO_OWN
        countries = self._countries[group]
        if countries < COUNTRIES_WISHED:
            lacks += (COUNTRIES_WISHED - countries) * NO_COUNTRY
        if self._codes:
            lacks += (members - max(self._spoken[group].values())) * NO_LANGUAGE
        return lacks

    def _recount(self, person: int, at: int, to: int) -> None:
        self._count(person, at, -1)
        self._count(person, to, 1)
        self.members[at] -= 1
        self.members[to] += 1

    def _count(self, person: int, group: int, by: int) -> None:
        who, came_from = self.people[person], self._from[group]
        country = self._country[person]
        came_from[country] += by
        if came_from[country] == (by > 0):
            self._countries[group] += by
        if who.institution == self.cases[group].institution:
            self._own[group] += by
        if self._codes:
            spoken = self._spoken[group]
            for code in who.languages:
                spoken[code] += by

    def _link(self, person: int, group: int, by: int) -> None:
        for links, weight in zip(self._links, self.pairs[person], strict=True):
            if weight:
                links[group] += by * weight


def penalty(wishes: Wishes, groups: Mapping[int, Iterable[int]]) -> int:
    """How far an arrangement, {case id: person ids}, is from the wishes. See the Note [What counts more]."""
    numbers = {case.id: number for number, case in enumerate(wishes.cases)}
    places = {person: numbers[case] for case, members in groups.items() for person in members}
    return Table(wishes, [places[person.id] for person in wishes.people]).penalty()


def pair_weights(wishes: Wishes) -> list[list[int]]:
    """What it costs that two people sit in one group."""
    weights = [[_pair_weight(one, other) for other in wishes.people] for one in wishes.people]
    numbers = {person.id: number for number, person in enumerate(wishes.people)}
    for one, other in wishes.together:
        if one in numbers and other in numbers:
            weights[numbers[one]][numbers[other]] += TOGETHER
            weights[numbers[other]][numbers[one]] += TOGETHER
    return weights


def _pair_weight(one: Participant, other: Participant) -> int:
    if one.id == other.id:
        return 0
    weight = SAME_INSTITUTION if one.institution == other.institution else 0
    weight += SAME_TIER if one.tier == other.tier else 0
    return weight + (SAME_COUNTRY if one.country == other.country else 0)


def _languages_that_matter(people: Sequence[Participant]) -> list[str]:
    """None when there is a language that all speak: then every group shares it."""
    spoken = Counter(code for person in people for code in person.languages)
    if len(people) in spoken.values():
        return []
    return sorted(spoken) or [""]
