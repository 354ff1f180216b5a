"""How long the mixer of task groups takes, and how good its groups are beside simpler ways.

    .venv/bin/python -m tests.bench.mixing

The penalty is that of `challenges.groups.mixing`: 0 when every wish is met, and in a real cohort never 0,
since five people do not come from five countries and five tiers.
"""

from __future__ import annotations

import sys
import time
from random import Random

from challenges.groups.mixing import Mixed, Wishes, mix, penalty
from tests.challenges.groups_wishes import cohort

SECONDS_ALLOWED = 2.0
CASES = {
    "60 people, 12 groups, 20 institutions": cohort(),
    "60 people, 12 groups, 12 institutions": cohort(institutions=12),
    "60 people, 12 groups, who have met often": cohort(institutions=30, met=400),
    "100 people, 20 groups, 40 institutions": cohort(100, 20, 40),
    "200 people, 40 groups, 60 institutions": cohort(200, 40, 60),
}
SEEDS = (1, 2, 3)
SHUFFLES = 300


def main() -> int:
    slowest = 0.0
    print(f"{'':44}{'seconds':>9}{'penalty':>9}{'unmet':>7}{'dealt':>9}{'best of ' + str(SHUFFLES):>13}")
    for title, asked in CASES.items():
        runs = [_timed(asked, seed) for seed in SEEDS]
        seconds = max(taken for taken, _mixed in runs)
        worst = max(penalty(asked, mixed.groups) for _taken, mixed in runs)
        unmet = max(len(mixed.shortfalls) for _taken, mixed in runs)
        if len(asked.people) == 60:
            slowest = max(slowest, seconds)
        dealt, shuffled = penalty(asked, _dealt(asked)), _best_of_shuffles(asked)
        print(f"{title:44}{seconds:9.2f}{worst:9}{unmet:7}{dealt:9}{shuffled:13}")
    return int(slowest >= SECONDS_ALLOWED)


def _timed(asked: Wishes, seed: int) -> tuple[float, Mixed]:
    start = time.perf_counter()
    mixed = mix(asked, seed)
    return time.perf_counter() - start, mixed


def _dealt(asked: Wishes) -> dict[int, list[int]]:
    """Sorted by country and institution, and dealt out in turn."""
    people = sorted(asked.people, key=lambda person: (person.country, person.institution, person.id))
    return _in_turn(asked, [person.id for person in people])


def _best_of_shuffles(asked: Wishes) -> int:
    rng, people = Random(1), [person.id for person in asked.people]
    return min(penalty(asked, _in_turn(asked, rng.sample(people, len(people)))) for _ in range(SHUFFLES))


def _in_turn(asked: Wishes, people: list[int]) -> dict[int, list[int]]:
    return {case.id: people[number :: len(asked.cases)] for number, case in enumerate(asked.cases)}


if __name__ == "__main__":
    sys.exit(main())
