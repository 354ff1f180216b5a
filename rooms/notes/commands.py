"""What the doors accept in notes: name → shape, rule, action."""

from __future__ import annotations

import msgspec
from django.utils.translation import gettext as _

from rooms.models import Notes
from rooms.notes import actions
from rooms.notes.rules import can_write, why_not_write
from synergy.live.kinds import Call, Command
from synergy.people.models import Person


class UpdateNotes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`update`: what was written and deleted, as a Yjs update in base64. The text is named `text`."""

    update: bytes


def _update(call: Call) -> None:
    actions.update_notes(person=call.person, notes=call.thing, update=call.data.update, now=call.at)


def _denied(person: Person, notes: Notes) -> str:
    return why_not_write(person, notes) or _("You may not do this here.")


NOTES_COMMANDS = (Command("notes.update", UpdateNotes, can_write, _update, _denied),)
