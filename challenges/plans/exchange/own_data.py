"""The files with plans that a person brought, for their own data."""

from __future__ import annotations

from challenges.plans.exchange.models import PlanImport
from synergy.people.own_data import Rows, register


def tell_own_data() -> None:
    when = ("at", "imported_at", "undone_at")
    register(Rows(PlanImport, ("person",), ("cohort__name", "plan__title", "name", "state", *when)))
