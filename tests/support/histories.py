"""Made-up histories, by the seed of their dice."""

import pytest


def seeds(count, *, on_both=1):
    """The first are lived through on each stack, the others on SQLite alone: they differ in what happens, and not
    in what is asked of the servers."""
    return [*range(on_both), *(pytest.param(seed, marks=pytest.mark.once) for seed in range(on_both, count))]
