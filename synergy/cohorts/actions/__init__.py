"""What changes who is in a cohort: invitations and seats."""

from synergy.cohorts.actions.invitations import (
    INVITATION_HOLDS,
    PATIENCE,
    UNUSED_INVITATION_STAYS,
    LinkOf,
    accept_invitation,
    forget_unused_invitations,
    invite_person,
    revoke_invitation,
    send_invitation_again,
    send_waiting_invitations,
)
from synergy.cohorts.actions.seats import (
    STRANGER_STAYS,
    change_seat,
    end_seat,
    forget_strangers,
    give_seat,
    give_seat_back,
    lock_cohort,
)

__all__ = [
    "INVITATION_HOLDS",
    "PATIENCE",
    "STRANGER_STAYS",
    "UNUSED_INVITATION_STAYS",
    "LinkOf",
    "accept_invitation",
    "change_seat",
    "end_seat",
    "forget_strangers",
    "forget_unused_invitations",
    "give_seat",
    "give_seat_back",
    "invite_person",
    "lock_cohort",
    "revoke_invitation",
    "send_invitation_again",
    "send_waiting_invitations",
]
