"""The first arrangement, which keeps sizes, fixed places and groups that somebody is kept out of; and what keeps them."""

from __future__ import annotations

from collections import Counter
from random import Random

from challenges.groups.mixing.sizes import sizes
from challenges.groups.mixing.table import Table, pair_weights
from challenges.groups.mixing.wishes import Wishes


class Deal:
    """Deals everybody out: fixed places, the people of each challenge's own institution, then all others.

    `loose` are the numbers of the people without a fixed place.
    """

    def __init__(self, wishes: Wishes, rng: Random) -> None:
        self._wishes = wishes
        numbers = {case.id: number for number, case in enumerate(wishes.cases)}
        fixed = [wishes.fixed.get(person.id) for person in wishes.people]
        self._groups: list[int | None] = [None if case is None else numbers[case] for case in fixed]
        self.loose = [number for number, group in enumerate(self._groups) if group is None]
        self._open = [self._open_to(person.id) for person in wishes.people]
        held = Counter(group for group in self._groups if group is not None)
        wished = [case.wished_size for case in wishes.cases]
        bounds = sizes(len(wishes.people), wished, [held[number] for number in range(len(wished))])
        self._fewest, self._most = [low for low, _ in bounds], [high for _, high in bounds]
        self._pairs = pair_weights(wishes)
        self._deal_own()
        self._deal_others(rng)
        self._fewest = [min(low, self._members(group)) for group, low in enumerate(self._fewest)]

    def groups(self) -> list[int]:
        """For each person the number of their group."""
        return [group for group in self._groups if group is not None]

    def may_move(self, table: Table, person: int, to: int) -> bool:
        """Whether the sizes, and who is kept out, allow the move."""
        at, members = table.groups[person], table.members
        return (
            at != to
            and members[to] < self._most[to]
            and members[at] > self._fewest[at]
            and to in self._open[person]
        )

    def may_swap(self, table: Table, one: int, other: int) -> bool:
        here, there = table.groups[one], table.groups[other]
        return here != there and there in self._open[one] and here in self._open[other]

    def _open_to(self, person: int) -> frozenset[int]:
        """The groups that the person is not kept out of; all when they are kept out of each."""
        cases = self._wishes.cases
        found = [n for n, case in enumerate(cases) if (person, case.id) not in self._wishes.kept_out]
        return frozenset(found or range(len(cases)))

    def _deal_own(self) -> None:
        """One of the institution to each of its challenges; who has the fewest such groups to go to first."""
        cases, people = self._wishes.cases, self._wishes.people
        for group, case in enumerate(cases):
            own = [n for n, person in enumerate(people) if person.institution == case.institution]
            if any(self._groups[n] == group for n in own) or self._is_full(group):
                continue
            can = [n for n in own if self._groups[n] is None and group in self._open[n]]
            if can:
                self._groups[min(can, key=lambda n: len(self._open[n]))] = group

    def _deal_others(self, rng: Random) -> None:
        """The largest institutions first, each to the group where they make the fewest unwelcome pairs."""
        people = self._wishes.people
        large = Counter(person.institution for person in people)
        left = [n for n in self.loose if self._groups[n] is None]
        lots = {n: rng.random() for n in left}
        left.sort(key=lambda n: (len(self._open[n]), -large[people[n].institution], lots[n]))
        for n in left:
            self._groups[n] = self._place_for(n)

    def _place_for(self, person: int) -> int:
        groups = [group for group in self._open[person] if not self._is_full(group)]
        return (
            min(groups, key=lambda group: (self._added(person, group), group))
            if groups
            else self._room_made(person)
        )

    def _added(self, person: int, group: int) -> int:
        weights = self._pairs[person]
        return sum(weights[n] for n, at in enumerate(self._groups) if at == group)

    def _is_full(self, group: int) -> bool:
        """As full as it may be: all that it may have, when no group of its kind is short of people."""
        here = self._members(group)
        if here < self._fewest[group]:
            return False
        return here >= self._most[group] or self._left() <= self._still_due()

    def _left(self) -> int:
        return self._groups.count(None)

    def _still_due(self) -> int:
        """How many the groups need to have their fewest."""
        counts = Counter(self._groups)
        return sum(max(0, low - counts[group]) for group, low in enumerate(self._fewest))

    def _members(self, group: int) -> int:
        return self._groups.count(group)

    def _room_made(self, person: int) -> int:
        """A group for somebody whose open groups are all full: others move on, as few as possible.

        When that is impossible, the smallest of their groups gets one more.
        """
        came: dict[int, tuple[int, int] | None] = dict.fromkeys(sorted(self._open[person]))
        waiting = list(came)
        for group in waiting:
            if not self._is_full(group):
                return self._pass_on(came, group)
            for n in self.loose:
                if self._groups[n] == group:
                    for to in sorted(self._open[n] - came.keys()):
                        came[to] = (n, group)
                        waiting.append(to)
        group = min(self._open[person], key=lambda each: (self._members(each), each))
        self._most[group] = max(self._most[group], self._members(group) + 1)
        return group

    def _pass_on(self, came: dict[int, tuple[int, int] | None], group: int) -> int:
        step = came[group]
        while step is not None:
            person, before = step
            self._groups[person] = group
            group, step = before, came[before]
        return group
