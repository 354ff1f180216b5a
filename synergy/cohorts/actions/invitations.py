"""Offers of a seat: sent by mail, sent again, withdrawn, accepted."""

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
from synergy.audit.trail import forget_about, note
from synergy.cohorts.actions.seats import give_seat, lock_cohort
from synergy.cohorts.models import Cohort, Invitation, Seat
from synergy.cohorts.queries import waiting_invitations
from synergy.cohorts.rules import is_open
from synergy.keys.secrets import hash_of, new_token
from synergy.live.refusals import Refused
from synergy.people.actions import register_person
from synergy.people.mail import send_mail
from synergy.people.models import Institution, Person
from synergy.people.names import tidy_name

logger = logging.getLogger(__name__)

INVITATION_HOLDS = timedelta(days=14)
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
    _note(Act.INVITED, invitation, by, now)
    if link is not None:
        address = link(token)
        transaction.on_commit(lambda: _mail_invitation(invitation, address, now))
    return invitation


def _note(act: Act, invitation: Invitation, by: Person | None, now: datetime) -> None:
    note(
        act,
        by=by.pk if by else None,
        cohort=invitation.cohort_id,
        subject=_subject(invitation.pk),
        about=f"{invitation.name}, {invitation.email} ({invitation.role})",
        now=now,
    )


def _subject(pk: int) -> str:
    return f"invitation:{pk}"


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
    _note(Act.INVITATION_SENT, invitation, by, now)
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
        _note(Act.INVITATION_WITHDRAWN, invitation, by, now)


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
    return seat


def forget_unused_invitations(now: datetime) -> int:
    """Removes names and addresses of people who never took the seat, half a year after the link ran out. How many."""
    unused = Invitation.objects.filter(accepted_at__isnull=True, expires_at__lt=now - UNUSED_INVITATION_STAYS)
    with transaction.atomic():
        forget_about([_subject(pk) for pk in unused.values_list("pk", flat=True)])
        return unused.delete()[0]


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
