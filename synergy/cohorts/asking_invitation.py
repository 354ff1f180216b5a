"""Somebody of an institution asks that a colleague be invited: the organisers are told, and invite in two presses."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from synergy.cohorts.models import Role, Seat
from synergy.cohorts.queries import active_seats, pending_invitations
from synergy.cohorts.rules import can_ask_for_invitation
from synergy.live.refusals import Refused
from synergy.notices.actions import notify
from synergy.notices.kinds import NoticeKind, register

ASKED = "invitation_asked"


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
    organisers = active_seats(seat.cohort_id).filter(role=Role.ORGANISER)
    filled_in = urlencode({"name": name, "email": email, "institution": seat.institution_id})
    notify(
        people=[each.person for each in organisers],
        kind=ASKED,
        key=f"{seat.cohort_id}:{email}:{now:%Y-%m-%d}",
        values={
            "by": seat.person.name,
            "name": name,
            "email": email,
            "institution": seat.institution.name,
        },
        address=f"{reverse('cohorts:people', args=[seat.cohort_id])}?{filled_in}#invite",
        now=now,
    )
