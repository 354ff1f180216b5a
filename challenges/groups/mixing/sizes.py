"""How many people each group gets."""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST, LARGEST = 3, 8
"""A wish for a size is followed as long as the groups without one keep a size between these."""


def sizes(people: int, wished: Sequence[int | None], held: Sequence[int]) -> list[tuple[int, int]]:
    """(fewest, most) for each group, as even as possible; `people` fit in exactly.

    `wished`: a size or None for each group; `held`: how many have a fixed place in it. Groups whose two
    numbers differ by one share the odd people among them.
    """
    quotas = _quotas(people, _targets(people, wished), held)
    free = [quota for quota, wish in zip(quotas, wished, strict=True) if wish is None]
    least = min(free, default=0)
    most = max((quota for quota in free if quota <= least + 1), default=0)
    return [
        (max(least, here), most) if wish is None and quota <= most else (quota, quota)
        for quota, wish, here in zip(quotas, wished, held, strict=True)
    ]


def _targets(people: int, wished: Sequence[int | None]) -> list[float]:
    """What each group should have: its wish, cut where it would leave too few or too many to the others."""
    wishes = [wish for wish in wished if wish is not None]
    free = len(wished) - len(wishes)
    fewest = free * min(SMALLEST, people // len(wished))
    most = free * max(LARGEST, -(-people // len(wished)))
    while people - sum(wishes) < fewest:
        wishes[wishes.index(max(wishes))] -= 1
    while wishes and people - sum(wishes) > most:
        wishes[wishes.index(min(wishes))] += 1
    rest = people - sum(wishes)
    granted = iter(wishes)
    return [rest / free if wish is None else next(granted) for wish in wished]


def _quotas(people: int, targets: Sequence[float], held: Sequence[int]) -> list[int]:
    """Whole numbers: those who have a place, then one by one to the group that lacks most."""
    quotas = list(held)
    for _person in range(people - sum(held)):
        lacking = [target - quota for target, quota in zip(targets, quotas, strict=True)]
        quotas[lacking.index(max(lacking))] += 1
    return quotas
