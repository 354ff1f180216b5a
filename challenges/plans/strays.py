"""Files of evidence that a process left behind which was killed between a commit and what came after it."""

from __future__ import annotations

from datetime import date, datetime

from challenges.plans.models import Evidence
from synergy.strays import delete_strays_in

FOLDER = "plans"


def delete_strays(*, zone: str, day: date, now: datetime) -> int:
    """Every day. Returns how many were deleted."""
    return delete_strays_in(FOLDER, lambda: Evidence.objects.values_list("file", flat=True), now)
