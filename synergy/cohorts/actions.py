"""What changes who is in a cohort: invitations and seats."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.translation import gettext as _

from synergy.audit.models import Act
from synergy.audit.trail import note
from synergy.cohorts.models import Cohort, Invitation, Role, Seat
from synergy.cohorts.queries import seats_with_past, waiting_invitations
from synergy.cohorts.rules import is_active, is_open
from synergy.keys.actions import revoke_all_of
from synergy.keys.secrets import hash_of, new_token
from synergy.live.access import access_changed
from synergy.live.refusals import Refused
from synergy.people.actions import register_person
from synergy.people.mail import send_mail
from synergy.people.models import Institution, Person
from synergy.people.names import tidy_name
from synergy.search.index import refresh

logger = logging.getLogger(__name__)

INVITATION_HOLDS = timedelta(days=14)
STRANGER_STAYS = timedelta(days=7)
UNUSED_INVITATION_STAYS = timedelta(days=180)
PATIENCE = 20.0
"""Seconds that one request spends on mail."""

LinkOf = Callable[[str], str]
"""Makes the whole address of an invitation's page from its token."""


@transaction.atomic
def invite_person(
    *,
    cohort: Cohort,
    by: Person,
    email: str,
    name: str,
    role: str,
    institution: Institution,
    is_coordinator: bool,
    language: str,
    link: LinkOf | None,
    now: datetime,
) -> Invitation:
    """Offers a seat. The mail goes out after the commit; `sent_at` says whether it did.

    Without `link` the mail waits for `send_waiting_invitations`. Raises Refused("conflict") when
    the address already has a seat or an invitation that waits.
    """
    email = email.strip().lower()
    lock_cohort(cohort.pk)
    _refuse_whom_we_know(cohort, email)
    token = new_token()
    invitation = Invitation.objects.create(
        cohort=cohort,
        email=email,
        name=tidy_name(name),
        role=role,
        institution=institution,
        is_coordinator=is_coordinator,
        language=language,
        token_hash=hash_of(token),
        invited_by=by,
        created_at=now,
        expires_at=now + INVITATION_HOLDS,
    )
    note(Act.INVITED, by=by.pk, cohort=cohort.pk, about=_offer(invitation), now=now)
    if link is not None:
        address = link(token)
        transaction.on_commit(lambda: _mail_invitation(invitation, address, now))
    return invitation


def _offer(invitation: Invitation) -> str:
    return f"{invitation.name}, {invitation.email} ({invitation.role})"


def lock_cohort(cohort_id: int) -> None:
    """Until the transaction ends, others who look before they add something to the cohort wait."""
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort_id)


def _refuse_whom_we_know(cohort: Cohort, email: str) -> None:
    if Seat.objects.filter(cohort=cohort, person__email=email, ended_at__isnull=True).exists():
        raise Refused("conflict", _("%(email)s is in the cohort already.") % {"email": email})
    if Invitation.objects.filter(
        cohort=cohort, email=email, accepted_at__isnull=True, revoked_at__isnull=True
    ).exists():
        raise Refused(
            "conflict", _("%(email)s has been invited. Send that invitation again.") % {"email": email}
        )


@transaction.atomic
def send_invitation_again(
    *, invitation: Invitation, link: LinkOf, now: datetime, by: Person | None = None
) -> None:
    """A new mail with a new secret, good for another fortnight; the link in the old mail stops working.

    Raises Refused("conflict") when the invitation was accepted or revoked.
    """
    token = _renew(invitation, now)
    note(
        Act.INVITATION_SENT,
        by=by.pk if by else None,
        cohort=invitation.cohort_id,
        about=_offer(invitation),
        now=now,
    )
    transaction.on_commit(lambda: _mail_invitation(invitation, link(token), now))


def send_waiting_invitations(
    *, cohort: Cohort, link: LinkOf, now: datetime, patience: float = PATIENCE
) -> int:
    """Mails the invitations of the cohort that were not sent yet, over one connection.

    Begins none after `patience` seconds, so that the request is answered in time. Returns how
    many went out. Not in a transaction: nothing is locked while the mail server takes its time.
    """
    end = time.monotonic() + patience
    sent = 0
    connection = get_connection()
    try:
        for invitation in waiting_invitations(cohort.pk, now):
            if time.monotonic() > end:
                break
            with suppress(Refused):  # accepted or withdrawn while the others went out
                token = _renew(invitation, now)
                sent += _mail_invitation(invitation, link(token), now, connection)
    finally:
        connection.close()
    return sent


@transaction.atomic
def _renew(invitation: Invitation, now: datetime) -> str:
    """A new token for the invitation, which is not sent with it yet."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at or locked.revoked_at:
        raise Refused("conflict", _("This invitation has been used or withdrawn."))
    token = new_token()
    invitation.token_hash = hash_of(token)
    invitation.sent_at = None
    invitation.expires_at = now + INVITATION_HOLDS
    invitation.save(update_fields=["token_hash", "sent_at", "expires_at"])
    return token


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, now: datetime, by: Person | None = None) -> None:
    """Raises Refused("conflict") when it was accepted already; the seat is what can be ended then."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise Refused("conflict", _("This invitation has been accepted. End the seat instead."))
    if invitation.revoked_at is None:
        invitation.revoked_at = now
        invitation.save(update_fields=["revoked_at"])
        note(
            Act.INVITATION_WITHDRAWN,
            by=by.pk if by else None,
            cohort=invitation.cohort_id,
            about=_offer(invitation),
            now=now,
        )


@transaction.atomic
def accept_invitation(*, invitation: Invitation, name: str, time_zone: str, now: datetime) -> Seat:
    """Gives the seat, and makes the person when the address is new.

    The same invitation accepted twice gives the same seat. Raises Refused("conflict") when it
    has been revoked or has expired.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.seat is not None:
        return invitation.seat
    if not is_open(invitation, now):
        raise Refused("conflict", _("This invitation no longer works."))
    person = register_person(
        email=invitation.email, name=name, language=invitation.language, time_zone=time_zone
    )
    seat = give_seat(
        cohort=invitation.cohort,
        person=person,
        institution=invitation.institution,
        role=invitation.role,
        is_coordinator=invitation.is_coordinator,
        now=now,
    )
    invitation.seat, invitation.accepted_at = seat, now
    invitation.save(update_fields=["seat", "accepted_at"])
    _note_seat(Act.SEAT_TAKEN, seat, person, now)
    return seat


@transaction.atomic
def give_seat(
    *,
    cohort: Cohort,
    person: Person,
    institution: Institution,
    role: str,
    now: datetime,
    is_coordinator: bool = False,
) -> Seat:
    """A seat in the cohort; one that had ended is taken up again with the new role. An active one stays as it is."""
    seat, is_new = Seat.objects.select_for_update().get_or_create(
        cohort=cohort,
        person=person,
        defaults={
            "institution": institution,
            "role": role,
            "is_coordinator": is_coordinator,
            "created_at": now,
        },
    )
    if not is_new and not is_active(seat):
        seat.institution, seat.role, seat.is_coordinator, seat.ended_at = (
            institution,
            role,
            is_coordinator,
            None,
        )
        seat.save(update_fields=["institution", "role", "is_coordinator", "ended_at"])
    access_changed([person.pk], now)
    refresh("person", [seat.pk])
    return seat


def forget_strangers(now: datetime) -> int:
    """Removes people whom a join code brought in, and who neither signed in nor took a seat. Returns how many."""
    strangers = Person.objects.filter(
        last_login__isnull=True, seats__isnull=True, joined_at__lt=now - STRANGER_STAYS
    )
    return strangers.delete()[1].get(Person._meta.label, 0)


def forget_unused_invitations(now: datetime) -> int:
    """Removes names and addresses of people who never took the seat, half a year after the link ran out. How many."""
    unused = Invitation.objects.filter(accepted_at__isnull=True, expires_at__lt=now - UNUSED_INVITATION_STAYS)
    return unused.delete()[0]


@transaction.atomic
def change_seat(
    *, seat: Seat, role: str, is_coordinator: bool, now: datetime, by: Person | None = None
) -> None:
    """A new role, from now on. Raises Refused("conflict") when no organiser would be left."""
    seat = _locked_seat(seat)
    if role != Role.ORGANISER:
        _keep_an_organiser(seat)
    seat.role, seat.is_coordinator = role, is_coordinator
    seat.save(update_fields=["role", "is_coordinator"])
    _note_seat(Act.SEAT_CHANGED, seat, by, now)
    access_changed([seat.person_id], now)


@transaction.atomic
def end_seat(*, seat: Seat, now: datetime, by: Person | None = None) -> None:
    """Takes all rights in the cohort away; open rooms close within a second. What was written stays.

    Raises Refused("conflict") when no organiser would be left.
    """
    seat = _locked_seat(seat)
    _keep_an_organiser(seat)
    if is_active(seat):
        seat.ended_at = now
        seat.save(update_fields=["ended_at"])
        _note_seat(Act.SEAT_ENDED, seat, by, now)
        if not Seat.objects.filter(person=seat.person_id, ended_at__isnull=True).exists():
            revoke_all_of(seat.person_id, now)
        access_changed([seat.person_id], now)
        refresh("person", [seat.pk])


@transaction.atomic
def give_seat_back(*, seat: Seat, now: datetime, by: Person | None = None) -> None:
    """The seat with the role it had; an active one stays as it is."""
    seat = _locked_seat(seat)
    if not is_active(seat):
        seat.ended_at = None
        seat.save(update_fields=["ended_at"])
        _note_seat(Act.SEAT_GIVEN_BACK, seat, by, now)
        access_changed([seat.person_id], now)
        refresh("person", [seat.pk])


def _note_seat(act: Act, seat: Seat, by: Person | None, now: datetime) -> None:
    """`by` nobody: who runs the server did it."""
    role = f"{seat.role}, coordinator" if seat.is_coordinator else seat.role
    note(act, by=by.pk if by else None, cohort=seat.cohort_id, about=f"{seat.person.name} ({role})", now=now)


def _locked_seat(seat: Seat) -> Seat:
    """The seat, read anew; the cohort's row is locked, so that two organisers cannot both leave at once."""
    lock_cohort(seat.cohort_id)
    return Seat.objects.select_related("person").get(pk=seat.pk)


def _keep_an_organiser(seat: Seat) -> None:
    if seat.role != Role.ORGANISER or not is_active(seat):
        return
    others = (
        seats_with_past(seat.cohort_id).filter(role=Role.ORGANISER, ended_at__isnull=True).exclude(pk=seat.pk)
    )
    if not others.exists():
        raise Refused("conflict", _("A cohort needs an organiser. Make somebody else organiser first."))


def _mail_invitation(
    invitation: Invitation, link: str, now: datetime, connection: BaseEmailBackend | None = None
) -> bool:
    """Whether it went out. If not, the list shows "not sent", with a button to try again."""
    context = {
        "invitation": invitation,
        "link": link,
        "cohort": invitation.cohort,
        "programme": invitation.cohort.edition.programme,
    }
    try:
        if connection is not None:
            # Does nothing when it is open; a server that has hung up is called again.
            connection.open()
        send_mail(
            "cohorts/email/invitation",
            to=invitation.email,
            language=invitation.language,
            context=context,
            connection=connection,
        )
    except OSError:
        logger.exception("The mail of invitation %s could not be sent", invitation.pk)
        if connection is not None:
            connection.close()
        return False
    invitation.sent_at = now
    Invitation.objects.filter(pk=invitation.pk, token_hash=invitation.token_hash).update(sent_at=now)
    return True
