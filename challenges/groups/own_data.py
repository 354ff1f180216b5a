"""What task groups keep of a person, for their own data."""

from __future__ import annotations

from challenges.groups.models import KeptOut, Membership, Mix
from synergy.people.own_data import Rows, register


def tell_own_data() -> None:
    register(
        Rows(
            Mix,
            ("proposed_by", "published_by"),
            ("training_session__title", "on", "state", "proposed_at", "published_at"),
        ),
        Rows(Membership, ("person",), ("group__challenge__title", "mix__on", "is_locked")),
        Rows(KeptOut, ("person",), ("group__challenge__title",)),
    )
