"""The lists: what is written in which phase, hidden or at once, and what the case giver makes of suggestions."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from challenges.actions.held import require
from challenges.consultations.actions.advice import keep_advice
from challenges.consultations.actions.held import hold, require_open, require_phase, tell, too_late
from challenges.consultations.actions.past import forget_entry
from challenges.consultations.cards import entry_card, hidden_cards
from challenges.consultations.events import EntryAdded, EntryHidden, EntryRemoved, EntrySet
from challenges.consultations.models import Consultation, Entry, PrivateNote, RunState, Writes
from challenges.consultations.rules import (
    can_lead,
    is_case_giver,
    is_silent,
    list_open,
    may_case_giver_write,
    may_peers_write,
    takes_part,
)
from challenges.consultations.words import why_not_now
from rooms.language import guess_language
from rooms.text import checked_text, clean_line, clean_text
from synergy.live.fields import too_long
from synergy.live.refusals import Refused
from synergy.people.models import Person

NOTE_LIMIT = 500
PRIVATE_LIMIT = 20_000
ENTRIES_LIMIT = 300
"""Most entries of one consultation: they all stand in its state."""


def add_entry(
    *,
    person: Person,
    consultation: Consultation,
    phase: int,
    kind: str,
    text: str,
    now: datetime,
    language: str | None = None,
) -> EntryAdded:
    """Adds a line to the list that is open. Raises Refused: `conflict` when it is closed to the person.

    In a silent round it is hidden from others until all is revealed.
    """
    with transaction.atomic(savepoint=False):
        hold(person, consultation)
        _require_open_list(person, consultation, "entry.add")
        require_phase(consultation, phase)
        if list_open(consultation) != kind:
            raise too_late(consultation, why_not_now(consultation))
        text = checked_text(text)
        if consultation.entries.filter(removed_at__isnull=True).count() >= ENTRIES_LIMIT:
            raise Refused("conflict", _("The lists are full. Take something out first."))
        entry = Entry.objects.create(
            consultation=consultation,
            phase=phase,
            kind=kind,
            text=text,
            language=language or guess_language(text, person.language),
            by=person,
            at=now,
            is_hidden=is_silent(consultation),
        )
        _tell(person, consultation, entry, now)
    return EntryAdded(entry=entry_card(entry), is_hidden=entry.is_hidden)


def change_entry(
    *, person: Person, consultation: Consultation, entry: int, text: str, base: int, now: datetime
) -> EntryAdded:
    """One's own words anew, while their list is open. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(person, consultation)
        row = _living(consultation, entry, person)
        require(row.by_id == person.pk, _("Only who wrote it changes it."))
        _require_still_open(person, consultation, row)
        text = checked_text(text)
        if row.text != text:
            _require_base(row, base)
            row.text, row.revision = text, row.revision + 1
            row.save(update_fields=["text", "revision"])
            _tell(person, consultation, row, now)
    return EntryAdded(entry=entry_card(row), is_hidden=row.is_hidden)


def remove_entry(*, person: Person, consultation: Consultation, entry: int, now: datetime) -> None:
    """One's own while their list is open, or any for who leads; the log forgets its text. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(person, consultation)
        row = consultation.entries.filter(pk=entry).first()
        if row is None or (row.is_hidden and row.by_id != person.pk):
            raise Refused("not_found", _("There is no such entry."))
        if row.removed_at is not None:
            return
        if row.by_id == person.pk and not can_lead(person, consultation):
            _require_still_open(person, consultation, row)
        else:
            require(can_lead(person, consultation), _("Only who wrote it or who leads takes it out."))
            require_open(person, consultation, "entry.remove")
        was_hidden = row.is_hidden
        row.text = row.verdict = row.note = ""
        row.is_hidden, row.removed_at = False, now
        row.save(update_fields=["text", "verdict", "note", "is_hidden", "removed_at"])
        if was_hidden:
            _tell_hidden(person, consultation, now)
            return
        forget_entry(consultation, row.pk)
        tell(consultation, EntryRemoved(entry=row.pk), by=person.pk, now=now)


def judge_entry(
    *,
    person: Person,
    consultation: Consultation,
    entry: int,
    verdict: str,
    note: str,
    base: int,
    now: datetime,
) -> EntryAdded:
    """The case giver takes, thinks about or leaves a suggestion. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(person, consultation)
        require(is_case_giver(person, consultation), _("Only the case giver does this."))
        require_open(person, consultation, "entry.judge")
        row = _living(consultation, entry, person)
        if row.kind != Writes.SUGGESTIONS or row.is_hidden:
            raise Refused("invalid", _("Only suggestions are taken or left."))
        note = clean_line(note, NOTE_LIMIT) if verdict else ""
        if (row.verdict, row.note) != (verdict, note):
            _require_base(row, base)
            row.verdict, row.note, row.revision = verdict, note, row.revision + 1
            row.save(update_fields=["verdict", "note", "revision"])
            tell(consultation, EntrySet(entry=entry_card(row)), by=person.pk, now=now)
            if consultation.state == RunState.FINISHED:
                keep_advice(person=person, consultation=consultation, now=now)
    return EntryAdded(entry=entry_card(row), is_hidden=False)


def write_note(*, person: Person, consultation: Consultation, text: str, base: int, now: datetime) -> int:
    """One's private note as a whole, whatever the phase; gives its new revision. Raises Refused.

    No fact tells of it, and nobody else reads it.
    """
    with transaction.atomic(savepoint=False):
        hold(person, consultation)
        note, _made = PrivateNote.objects.get_or_create(consultation=consultation, person=person)
        text = clean_text(text)
        if len(text) > PRIVATE_LIMIT:
            detail = too_long(len(text), PRIVATE_LIMIT)
            raise Refused("invalid", detail, fields={"text": detail})
        if note.text == text:
            return note.revision
        if note.revision != base:
            present = {"text": note.text, "revision": note.revision}
            detail = _("You have changed this note somewhere else meanwhile.")
            raise Refused("conflict", detail, present=present)
        note.text, note.revision = text, note.revision + 1
        note.save(update_fields=["text", "revision"])
        return note.revision


def _require_open_list(person: Person, consultation: Consultation, command: str) -> None:
    require(takes_part(person, consultation), _("Only people of the group write here."))
    require_open(person, consultation, command)


def _require_still_open(person: Person, consultation: Consultation, row: Entry) -> None:
    """Raises Refused: what the case giver has judged stays, and so does what others have answered to."""
    _require_open_list(person, consultation, "entry.change")
    own = may_case_giver_write if is_case_giver(person, consultation) else may_peers_write
    if row.kind != list_open(consultation) or not own(consultation):
        raise too_late(consultation, _("This list is closed now, so its words stay as they are."))
    if row.verdict:
        raise Refused("conflict", _("The case giver has answered to this, so its words stay as they are."))


def _require_base(row: Entry, base: int) -> None:
    if row.revision != base:
        detail = _("Somebody else has changed this meanwhile.")
        raise Refused("conflict", detail, present={"text": row.text, "revision": row.revision})


def _living(consultation: Consultation, pk: int, person: Person) -> Entry:
    """Raises Refused. A hidden entry of somebody else is none."""
    row = consultation.entries.filter(pk=pk).first()
    if row is None or (row.is_hidden and row.by_id != person.pk):
        raise Refused("not_found", _("There is no such entry."))
    if row.removed_at is not None:
        raise Refused("conflict", _("This has been taken out."))
    return row


def _tell(person: Person, consultation: Consultation, entry: Entry, now: datetime) -> None:
    if entry.is_hidden:
        _tell_hidden(person, consultation, now)
        return
    tell(consultation, EntrySet(entry=entry_card(entry)), by=person.pk, now=now)


def _tell_hidden(person: Person, consultation: Consultation, now: datetime) -> None:
    """See the Note [What is written in silence] in `events`."""
    rows = consultation.entries.filter(is_hidden=True)
    tell(consultation, EntryHidden(hidden=hidden_cards(rows)), by=person.pk, now=now)
