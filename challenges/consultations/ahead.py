"""When commitments come back, as the first page says it between sessions."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.consultations.models import CheckIn
from sessions.ahead import FEW, Ahead
from synergy.people.models import Person


def what_comes_back(person: Person, now: datetime) -> list[Ahead]:
    """One query. `now` is in the zone of the person."""
    rows = CheckIn.objects.filter(
        commitment__by=person,
        commitment__removed_at__isnull=True,
        due__gt=now.date(),
        answered_at__isnull=True,
        commitment__consultation__challenge__cohort__seats__person=person,
        commitment__consultation__challenge__cohort__seats__ended_at__isnull=True,
    )
    return [
        Ahead(
            on=row.due,
            about=_("Your group asks what you did"),
            text=row.commitment.text,
            address=reverse("consultations:consultation", args=[row.commitment.consultation_id]),
            language=row.commitment.language,
        )
        for row in rows.select_related("commitment").order_by("due", "pk")[:FEW]
        if row.due is not None
    ]
