"""Files of challenges that a process left behind which was killed between a commit and the deletion after it."""

from __future__ import annotations

from datetime import datetime

from challenges.models import Attachment
from synergy.strays import delete_strays_in

FOLDER = "challenges"


def delete_strays(now: datetime) -> int:
    """Returns how many were deleted."""
    return delete_strays_in(FOLDER, lambda: Attachment.objects.values_list("file", flat=True), now)
