"""What nobody needs any more of those who have left."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from rooms.models import ReadMark
from synergy.cohorts.models import Seat

MARKS_STAY = timedelta(days=180)


def forget_old_marks(now: datetime) -> int:
    """Removes how far people had read whose seat ended half a year ago, or who never had one. Returns how many."""
    seats = Seat.objects.filter(person=OuterRef("person"), cohort=OuterRef("room__cohort"))
    recent = seats.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=now - MARKS_STAY))
    return ReadMark.objects.filter(~Exists(recent)).delete()[0]
