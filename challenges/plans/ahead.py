"""What of a person's plans is due next, as the first page says it between sessions."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.plans.queries.due import due_for
from sessions.ahead import FEW, Ahead
from synergy.people.models import Person


def what_is_due_next(person: Person, now: datetime) -> list[Ahead]:
    """What is late already waits, and stands elsewhere on the page. Two queries."""
    coming = [due for due in due_for(person, now) if due.days >= 0][:FEW]
    return [
        Ahead(
            on=due.item.due_until,
            about=_("Due in your plan"),
            text=str(due.item),
            address=reverse("plans:item", args=[due.item.plan_id, due.item.pk]),
            language=due.item.plan.language,
        )
        for due in coming
        if due.item.due_until is not None
    ]
