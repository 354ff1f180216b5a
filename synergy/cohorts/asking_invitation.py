"""Somebody of an institution asks that a colleague be invited: the organisers are told, and invite in two presses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from synergy.cohorts.models import Role, Seat
from synergy.cohorts.queries import active_seats, pending_invitations
from synergy.cohorts.rules import can_ask_for_invitation
from synergy.keys.secrets import hash_of
from synergy.live.limits import Rate
from synergy.live.rates import spend
from synergy.live.refusals import Refused
from synergy.notices.actions import notify
from synergy.notices.kinds import NoticeKind, register
from synergy.notices.models import Notice
from synergy.people.models import Person

ASKED = "invitation_asked"
RATE = Rate(per_second=1 / 3600, burst=20)
"""A team at once; then one an hour."""


def register_notices() -> None:
    register(
        NoticeKind(
            name=ASKED,
            group=gettext_lazy("Cohorts"),
            label=gettext_lazy("Somebody asks you to invite a colleague"),
            title=gettext_lazy("%(by)s asks you to invite %(name)s"),
            text=gettext_lazy("%(email)s, %(institution)s. The link leads to the form, which is filled in."),
        )
    )


@transaction.atomic
def ask_for_invitation(*, seat: Seat, name: str, email: str, now: datetime) -> None:
    """Tells the organisers of the cohort, once a day for one address. Raises Refused: `forbidden` to those whose seat
    does not allow it, `conflict` when there is a seat or an invitation already."""
    if not can_ask_for_invitation(seat):
        raise Refused("forbidden", _("Observers read along, and organisers invite people themselves."))
    if active_seats(seat.cohort_id).filter(person__email=email).exists():
        raise Refused("conflict", _("This person is in the cohort already."))
    if pending_invitations(seat.cohort_id).filter(email=email).exists():
        raise Refused(
            "conflict", _("This person is invited already. The organisers can send the mail again.")
        )
    spend(seat.person_id, "ask_for_invitation", RATE)
    organisers = active_seats(seat.cohort_id).filter(role=Role.ORGANISER)
    key = f"{seat.cohort_id}-{now:%Y-%m-%d}-{hash_of(email)[:24]}"
    notify(
        people=[each.person for each in organisers],
        kind=ASKED,
        key=key,
        values={
            "by": seat.person.name,
            "name": name,
            "email": email,
            "institution": seat.institution.name,
            "institution_id": seat.institution_id,
        },
        # Names and addresses do not stand in links: these are kept by browsers and in logs.
        address=f"{reverse('cohorts:people', args=[seat.cohort_id])}?asked={key}#invite",
        now=now,
    )


def asked_of(organiser: Person, key: str) -> dict[str, Any]:
    """The first values of the form for what a notice of this organiser asks for; empty when there is none."""
    notice = Notice.objects.filter(person=organiser, kind=ASKED, key=key).first() if key else None
    if notice is None:
        return {}
    values = notice.values
    return {"name": values["name"], "email": values["email"], "institution": values["institution_id"]}
