"""The search: everybody is dealt out one by one, then places are swapped as long as it pays.

Simulated annealing (Kirkpatrick, Gelatt, Vecchi, 1983) over swaps and moves: at first also a swap that
makes things worse is made now and then, so that the search does not end in the first hollow. How long it
takes is counted in steps, never in seconds: the same seed gives the same groups on every machine.
"""

from __future__ import annotations

from math import exp
from random import Random

from challenges.groups.mixing.dealing import Deal
from challenges.groups.mixing.table import SAME_INSTITUTION, Table
from challenges.groups.mixing.wishes import Wishes

STEPS_LIMIT = 70_000
STEPS_PER_PLACE = 300
"""For each person and group: few people need fewer steps."""
HOT, COLD = 800.0, 4.0
"""The temperature, in weights of `table`, falls evenly on a logarithmic scale from one to the other."""
HOTTER = 60_000.0
"""Where it begins when the first arrangement misses a wish of the kinds that count most."""
SMALLEST_CHANCE = 1e-9
ROUNDS_LIMIT = 20


def search(wishes: Wishes, seed: int) -> list[int]:
    """For each person, in the order of `wishes.people`, the number of their group."""
    rng = Random(seed)  # noqa: S311 - no secret
    deal = Deal(wishes, rng)
    table = Table(wishes, deal.groups())
    return _Search(deal, table, rng).run()


class _Search:
    def __init__(self, deal: Deal, table: Table, rng: Random) -> None:
        self._deal, self._table, self._rng = deal, table, rng
        self._penalty = table.penalty()
        self._best, self._best_penalty = list(table.groups), self._penalty

    def run(self) -> list[int]:
        loose, groups = self._deal.loose, len(self._table.cases)
        if groups == 1 or not loose:
            return self._best
        steps = min(STEPS_LIMIT, STEPS_PER_PLACE * len(loose) * groups)
        heat = HOT if self._penalty < SAME_INSTITUTION else HOTTER
        cooling = (COLD / heat) ** (1 / steps)
        for _step in range(steps):
            if not self._best_penalty:
                break
            self._try(loose[int(self._rng.random() * len(loose))], heat)
            heat *= cooling
        self._descend()
        return self._best

    def _try(self, person: int, heat: float) -> None:
        """One move or swap of the person, made when it is better, or by chance."""
        loose, table = self._deal.loose, self._table
        other = loose[int(self._rng.random() * len(loose))]
        to = int(self._rng.random() * len(table.cases))
        if self._deal.may_move(table, person, to):
            cost = table.move_cost(person, to)
            if self._is_taken(cost, heat):
                table.move(person, to)
                self._keep(cost)
        elif self._deal.may_swap(table, person, other):
            cost = table.swap_cost(person, other)
            if self._is_taken(cost, heat):
                table.swap(person, other)
                self._keep(cost)

    def _is_taken(self, cost: int, heat: float) -> bool:
        if cost <= 0:
            return True
        chance = exp(-cost / heat) if cost < 20 * heat else 0.0
        return chance > SMALLEST_CHANCE and self._rng.random() < chance

    def _keep(self, cost: int) -> None:
        self._penalty += cost
        if self._penalty < self._best_penalty:
            self._best, self._best_penalty = list(self._table.groups), self._penalty

    def _descend(self) -> None:
        """From the best found so far downhill, until no single move or swap is better."""
        table = self._table
        for person, group in enumerate(self._best):
            if table.groups[person] != group:
                table.move(person, group)
        self._penalty = self._best_penalty
        for _round in range(ROUNDS_LIMIT):
            before = self._penalty
            for person in self._deal.loose:
                self._improve(person)
            if self._penalty == before:
                return

    def _improve(self, person: int) -> None:
        table = self._table
        for to in range(len(table.cases)):
            if self._deal.may_move(table, person, to) and (cost := table.move_cost(person, to)) < 0:
                table.move(person, to)
                self._keep(cost)
        for other in self._deal.loose:
            if self._deal.may_swap(table, person, other) and (cost := table.swap_cost(person, other)) < 0:
                table.swap(person, other)
                self._keep(cost)
