"""A person asks to be erased: the organisers of their cohorts are told, and have it carried out."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from synergy.audit.models import Act
from synergy.audit.trail import last_time, note
from synergy.cohorts.models import Cohort, Role, Seat
from synergy.notices.actions import notify
from synergy.notices.kinds import NoticeKind, register
from synergy.people.models import Person
from synergy.people.views import person_of

ASKED = "erasure_asked"
WISH_LIMIT = 1000


def register_notices() -> None:
    register(
        NoticeKind(
            name=ASKED,
            group=gettext_lazy("Cohorts"),
            label=gettext_lazy("Somebody asks to be erased"),
            title=gettext_lazy("%(name)s asks for erasure"),
            text=gettext_lazy(
                "Answer within a month. Whoever runs this site can erase %(email)s; ask them to."
            ),
            quote="wish",
        )
    )


@login_required
@require_POST
def ask_erasure(request: HttpRequest) -> HttpResponse:
    wish = request.POST.get("wish", "").strip()[:WISH_LIMIT]
    if tell_organisers(person=person_of(request), wish=wish, now=timezone.now()):
        messages.success(request, _("Your organisers are told. They answer you within a month."))
    else:
        messages.error(request, _("You have no organiser here. Write to whoever invited you."))
    return redirect("people:your_data")


@transaction.atomic
def tell_organisers(*, person: Person, wish: str, now: datetime) -> int:
    """Tells the organisers of all cohorts that the person has or had a seat in, once a day. How many there are."""
    told = set()
    for cohort in Cohort.objects.filter(seats__person=person).order_by("pk"):
        seats = Seat.objects.filter(cohort=cohort, role=Role.ORGANISER, ended_at__isnull=True)
        organisers = [seat.person for seat in seats.select_related("person") if seat.person_id not in told]
        notify(
            people=organisers,
            kind=ASKED,
            key=f"{person.pk}:{now:%Y-%m-%d}",
            values={"name": person.name, "email": person.email, "wish": wish},
            address=reverse("cohorts:people", args=[cohort.pk]),
            now=now,
        )
        told |= {each.pk for each in organisers}
    last = last_time(Act.ERASURE_ASKED, by=person.pk)
    if told and (last is None or f"{last:%Y-%m-%d}" != f"{now:%Y-%m-%d}"):
        note(Act.ERASURE_ASKED, by=person.pk, now=now)
    return len(told)
