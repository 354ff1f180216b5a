from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from synergy.cohorts import actions
from synergy.cohorts.asking_invitation import asked_of
from synergy.cohorts.forms import InstitutionForm, InvitationForm, InvitationsForm, SeatForm
from synergy.cohorts.models import Cohort, Invitation, Role, Seat
from synergy.cohorts.queries import (
    managed_cohort,
    managed_institutions,
    pending_invitations,
    seats_with_past,
    shares_cohort,
    waiting_invitations,
)
from synergy.cohorts.rules import is_open
from synergy.live.refusals import Refused
from synergy.people.actions import add_institution
from synergy.people.models import Person
from synergy.people.views import person_of


def managed_cohort_or_404(request: HttpRequest, cohort_id: int) -> Cohort:
    cohort = managed_cohort(person_of(request), cohort_id)
    if cohort is None:
        raise Http404
    return cohort


def _people_page(request: HttpRequest, cohort: Cohort, **forms: Any) -> HttpResponse:
    """The page with all its forms; those in `forms` carry what was wrong with them."""
    now = timezone.now()
    asked = asked_of(person_of(request), request.GET.get("asked", ""))
    guest = {"language": person_of(request).language, **asked}
    pending = list(pending_invitations(cohort.pk))
    page = {
        "cohort": cohort,
        "seats": seats_with_past(cohort.pk),
        "invitations": [
            {"invitation": invitation, "is_open": is_open(invitation, now)} for invitation in pending
        ],
        "unsent": sum(invitation.sent_at is None and is_open(invitation, now) for invitation in pending),
        "roles": Role.choices,
        "invitation_form": InvitationForm(initial=guest, prefix="one"),
        "invitations_form": InvitationsForm(initial=guest, prefix="many"),
        "institution_form": InstitutionForm(prefix="institution"),
        "institutions": managed_institutions(person_of(request)),
    }
    status = 422 if forms else 200
    return render(request, "cohorts/people.html", {**page, **forms}, status=status)


@never_cache
@login_required
@require_GET
def people(request: HttpRequest, cohort_id: int) -> HttpResponse:
    return _people_page(request, managed_cohort_or_404(request, cohort_id))


@login_required
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, cohort_id: int) -> HttpResponse:
    cohort = managed_cohort_or_404(request, cohort_id)
    if request.method != "POST":
        return redirect("cohorts:people", cohort.pk)
    form = InvitationForm(request.POST, prefix="one")
    if not form.is_valid():
        return _people_page(request, cohort, invitation_form=form)
    try:
        invitation = actions.invite_person(
            cohort=cohort, by=person_of(request), link=_link(request), now=timezone.now(), **form.cleaned_data
        )
    except Refused as refusal:
        form.add_error("email", refusal.detail)
        return _people_page(request, cohort, invitation_form=form)
    _say_whether_sent(request, invitation)
    return redirect("cohorts:people", cohort.pk)


@login_required
@require_http_methods(["GET", "POST"])
def invite_many(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """Invites everybody on the list who is new; those who are not are named in a message."""
    cohort = managed_cohort_or_404(request, cohort_id)
    if request.method != "POST":
        return redirect("cohorts:people", cohort.pk)
    form = InvitationsForm(request.POST, prefix="many")
    if not form.is_valid():
        return _people_page(request, cohort, invitations_form=form)
    with transaction.atomic():
        for refusal in _invite_all(request, cohort, dict(form.cleaned_data)):
            messages.warning(request, refusal.detail)
    _send_waiting(request, cohort)
    return redirect("cohorts:people", cohort.pk)


def _invite_all(request: HttpRequest, cohort: Cohort, offer: dict[str, Any]) -> Iterator[Refused]:
    for guest in offer.pop("guests"):
        try:
            actions.invite_person(
                cohort=cohort,
                by=person_of(request),
                name=guest.name,
                email=guest.email,
                is_coordinator=False,
                link=None,
                now=timezone.now(),
                **offer,
            )
        except Refused as refusal:
            yield refusal


@login_required
@require_POST
def send_waiting(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """Sends the invitations that were not sent yet."""
    cohort = managed_cohort_or_404(request, cohort_id)
    _send_waiting(request, cohort)
    return redirect("cohorts:people", cohort.pk)


def _send_waiting(request: HttpRequest, cohort: Cohort) -> None:
    now = timezone.now()
    sent = actions.send_waiting_invitations(cohort=cohort, link=_link(request), now=now)
    if sent:
        words = ngettext("%(number)s invitation sent.", "%(number)s invitations sent.", sent)
        messages.success(request, words % {"number": sent})
    left = len(waiting_invitations(cohort.pk, now))
    if left:
        words = ngettext(
            "%(number)s invitation is saved, but not sent yet.",
            "%(number)s invitations are saved, but not sent yet.",
            left,
        )
        messages.warning(request, words % {"number": left})


def _say_whether_sent(request: HttpRequest, invitation: Invitation) -> None:
    if invitation.sent_at:
        messages.success(request, _("Invitation sent to %(email)s.") % {"email": invitation.email})
    else:
        words = _("The invitation is saved, but the mail to %(email)s did not go out. Send it again later.")
        messages.warning(request, words % {"email": invitation.email})


@login_required
@require_http_methods(["GET", "POST"])
def add_to_institutions(request: HttpRequest, cohort_id: int) -> HttpResponse:
    cohort = managed_cohort_or_404(request, cohort_id)
    if request.method != "POST":
        return redirect("cohorts:people", cohort.pk)
    form = InstitutionForm(request.POST, prefix="institution")
    if not form.is_valid():
        return _people_page(request, cohort, institution_form=form)
    try:
        add_institution(**form.cleaned_data)
    except Refused as refusal:
        form.add_error("name", refusal.detail)
        return _people_page(request, cohort, institution_form=form)
    messages.success(request, _("The institution is in the list now."))
    return redirect("cohorts:people", cohort.pk)


@login_required
@require_POST
def send_again(request: HttpRequest, cohort_id: int, pk: int) -> HttpResponse:
    cohort = managed_cohort_or_404(request, cohort_id)
    invitation = get_object_or_404(Invitation, pk=pk, cohort=cohort)

    try:
        actions.send_invitation_again(
            invitation=invitation, by=person_of(request), link=_link(request), now=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, refusal.detail)
    else:
        _say_whether_sent(request, invitation)
    return redirect("cohorts:people", cohort.pk)


@login_required
@require_POST
def revoke(request: HttpRequest, cohort_id: int, pk: int) -> HttpResponse:
    cohort = managed_cohort_or_404(request, cohort_id)
    invitation = get_object_or_404(Invitation, pk=pk, cohort=cohort)

    def take_back() -> None:
        actions.revoke_invitation(invitation=invitation, by=person_of(request), now=timezone.now())

    return _done(
        request, cohort, take_back, _("The invitation of %(name)s is withdrawn.") % {"name": invitation.name}
    )


@login_required
@require_POST
def change_seat(request: HttpRequest, cohort_id: int, pk: int) -> HttpResponse:
    cohort = managed_cohort_or_404(request, cohort_id)
    seat = get_object_or_404(Seat.objects.select_related("person"), pk=pk, cohort=cohort, ended_at=None)
    form = SeatForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a role from the list."))
        return redirect("cohorts:people", cohort.pk)

    def change() -> None:
        actions.change_seat(seat=seat, by=person_of(request), now=timezone.now(), **form.cleaned_data)

    return _done(request, cohort, change, _("Saved: %(name)s.") % {"name": seat.person.name})


@login_required
@require_POST
def end_seat(request: HttpRequest, cohort_id: int, pk: int) -> HttpResponse:
    cohort = managed_cohort_or_404(request, cohort_id)
    seat = get_object_or_404(Seat.objects.select_related("person"), pk=pk, cohort=cohort)

    def end() -> None:
        actions.end_seat(seat=seat, by=person_of(request), now=timezone.now())

    return _done(request, cohort, end, _("The seat of %(name)s has ended.") % {"name": seat.person.name})


@login_required
@require_POST
def give_seat_back(request: HttpRequest, cohort_id: int, pk: int) -> HttpResponse:
    """The way back when a seat was ended by mistake."""
    cohort = managed_cohort_or_404(request, cohort_id)
    seat = get_object_or_404(Seat.objects.select_related("person"), pk=pk, cohort=cohort)

    def give_back() -> None:
        actions.give_seat_back(seat=seat, by=person_of(request), now=timezone.now())

    return _done(request, cohort, give_back, _("%(name)s has the seat again.") % {"name": seat.person.name})


def _done(request: HttpRequest, cohort: Cohort, act: Callable[[], None], words: str) -> HttpResponse:
    """Acts, and says `words` or why not."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, refusal.detail)
    else:
        messages.success(request, words)
    # Somebody may have ended their own seat.
    if managed_cohort(person_of(request), cohort.pk) is None:
        return redirect("home")
    return redirect("cohorts:people", cohort.pk)


def _link(request: HttpRequest) -> actions.LinkOf:
    return lambda token: request.build_absolute_uri(reverse("cohorts:invitation", args=[token]))


@login_required
@require_GET
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A person's picture, for those who share a cohort with them. A new picture has a new name."""
    person = get_object_or_404(Person, picture=f"people/{name}")
    if not shares_cohort(person_of(request), person):
        raise Http404
    with person.picture.open("rb") as file:
        response = HttpResponse(file.read(), content_type="image/webp")
    response["Cache-Control"] = "private, max-age=604800, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
