"""A cohort's own protocols: copied from another, changed and removed by its organisers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from msgspec.structs import replace

from challenges.actions.held import require
from challenges.consultations.events import PhaseCard
from challenges.consultations.models import Protocol, Speaks, Writes
from challenges.consultations.protocols import SHIPPED
from challenges.consultations.queries import own_protocol, protocol_named
from challenges.consultations.rules import can_make_protocols
from rooms.text import clean_line, is_blank
from synergy.cohorts.actions import lock_cohort
from synergy.cohorts.models import Cohort
from synergy.cohorts.queries import seat_in
from synergy.live.fields import too_long
from synergy.live.refusals import Refused
from synergy.people.models import Person

NAME_LIMIT = 80
ABOUT_LIMIT = 500
PHASES_LIMIT = 20
MINUTES, DAYS = (1, 180), (1, 30)
"""The shortest and the longest phase."""
FEWEST, MOST = 2, 30
"""How many people a protocol can be for."""


@dataclass(frozen=True)
class Draft:
    """What a protocol shall be. A phase with an empty `key` is a new one."""

    name: str
    about: str
    is_asynchronous: bool
    ends_by_clock: bool
    fewest: int
    most: int
    phases: Sequence[PhaseCard]


def copy_protocol(*, person: Person, cohort: Cohort, key: str, now: datetime) -> Protocol:
    """The cohort's own copy, to be changed; of a shipped one in English. Raises Refused."""
    with transaction.atomic(savepoint=False):
        require(can_make_protocols(seat_in(person, cohort.pk)), _("Only organisers may do this."))
        lock_cohort(cohort.pk)
        card = protocol_named(cohort.pk, key)
        if card is None:
            raise Refused("not_found", _("There is no such protocol."))
        return Protocol.objects.create(
            cohort=cohort,
            name=_free_name(cohort, card.name),
            about=card.about,
            is_asynchronous=card.is_asynchronous,
            ends_by_clock=card.ends_by_clock,
            fewest=card.fewest,
            most=card.most,
            phases=msgspec.to_builtins(card.phases),
            copied_from=key,
            changed_by=person,
            changed_at=now,
        )


def change_protocol(*, person: Person, protocol: Protocol, draft: Draft, base: int, now: datetime) -> None:
    """Consultations that are planned keep the protocol as it was. Raises Refused.

    `invalid` has what is wrong in `fields`: {"name": …, "phases": …, "phases.2.minutes": …}; `base` is the
    revision that the person saw.
    """
    with transaction.atomic(savepoint=False):
        row = _held(person, protocol)
        draft = _cleaned(draft)
        wrong = dict(_wrong_in(draft))
        taken = _living(row.cohort).exclude(pk=row.pk).values_list("name", flat=True)
        if draft.name.casefold() in {name.casefold() for name in taken}:
            wrong["name"] = _("There is a protocol with this name already.")
        if wrong:
            raise Refused("invalid", next(iter(wrong.values())), fields=wrong)
        if row.revision != base:
            present = {"revision": row.revision, "by": row.changed_by_id}
            raise Refused("conflict", _("Somebody else has changed this meanwhile."), present=present)
        row.name, row.about = draft.name, draft.about
        row.is_asynchronous, row.ends_by_clock = draft.is_asynchronous, draft.ends_by_clock
        row.fewest, row.most = draft.fewest, draft.most
        row.phases = msgspec.to_builtins(list(draft.phases))
        row.revision, row.changed_by, row.changed_at = row.revision + 1, person, now
        row.save()


def remove_protocol(*, person: Person, protocol: Protocol, now: datetime) -> None:
    """Nobody can choose it any more. Raises Refused. Removing it twice changes nothing."""
    with transaction.atomic(savepoint=False):
        row = _held(person, protocol, may_be_gone=True)
        if row.removed_at is None:
            row.removed_at, row.changed_by, row.changed_at = now, person, now
            row.save(update_fields=["removed_at", "changed_by", "changed_at"])


def _held(person: Person, protocol: Protocol, *, may_be_gone: bool = False) -> Protocol:
    require(can_make_protocols(seat_in(person, protocol.cohort_id)), _("Only organisers may do this."))
    lock_cohort(protocol.cohort_id)
    row = own_protocol(person, protocol.pk)
    if row is None and not may_be_gone:
        raise Refused("conflict", _("Somebody else has removed this protocol."))
    return row or Protocol.objects.get(pk=protocol.pk)


def _living(cohort: Cohort) -> QuerySet[Protocol]:
    return Protocol.objects.filter(cohort=cohort, removed_at__isnull=True)


def _free_name(cohort: Cohort, name: str) -> str:
    """Neither another of the cohort nor a shipped one is called so."""
    names = [*_living(cohort).values_list("name", flat=True), *(str(card.name) for card in SHIPPED.values())]
    taken = {each.casefold() for each in names}
    number = 2
    found = name
    while found.casefold() in taken:
        found = f"{name[: NAME_LIMIT - 5]} ({number})"
        number += 1
    return found


def _cleaned(draft: Draft) -> Draft:
    """In clean lines, and each phase with a key of its own and the length that counts."""
    phases = []
    keys: set[str] = set()
    for number, phase in enumerate(draft.phases, 1):
        key = phase.key or f"step_{number}"
        while key in keys:
            key += "_"
        keys.add(key)
        length = {"minutes": 0} if draft.is_asynchronous else {"days": 0}
        words = {
            name: clean_line(getattr(phase, name), len(getattr(phase, name)))
            for name in ("name", "about", "listening")
        }
        phases.append(replace(phase, key=key, **length, **words))
    return Draft(
        name=clean_line(draft.name, len(draft.name)),
        about=clean_line(draft.about, len(draft.about)),
        is_asynchronous=draft.is_asynchronous,
        ends_by_clock=draft.ends_by_clock,
        fewest=draft.fewest,
        most=draft.most,
        phases=phases,
    )


def _wrong_in(draft: Draft) -> Iterator[tuple[str, str]]:
    yield from _wrong_text("name", draft.name, NAME_LIMIT, is_required=True)
    yield from _wrong_text("about", draft.about, ABOUT_LIMIT)
    for field, size in (("fewest", draft.fewest), ("most", draft.most)):
        if not FEWEST <= size <= MOST:
            yield field, _("Choose from %(fewest)d to %(most)d people.") % {"fewest": FEWEST, "most": MOST}
    if FEWEST <= draft.most < draft.fewest <= MOST:
        yield (
            "most",
            _("This is less than “at least %(fewest)d”. Choose that or more.") % {"fewest": draft.fewest},
        )
    if not draft.phases:
        yield "phases", _("A protocol needs at least one step.")
    if len(draft.phases) > PHASES_LIMIT:
        yield "phases", _("A protocol has at most %(limit)d steps.") % {"limit": PHASES_LIMIT}
    for number, phase in enumerate(draft.phases):
        for field, detail in _wrong_in_phase(phase, is_asynchronous=draft.is_asynchronous):
            yield f"phases.{number}.{field}", detail


def _wrong_in_phase(phase: PhaseCard, *, is_asynchronous: bool) -> Iterator[tuple[str, str]]:
    yield from _wrong_text("name", phase.name, NAME_LIMIT, is_required=True)
    yield from _wrong_text("about", phase.about, ABOUT_LIMIT)
    yield from _wrong_text("listening", phase.listening, ABOUT_LIMIT)
    if is_asynchronous and not DAYS[0] <= phase.days <= DAYS[1]:
        yield "days", _("A step takes from %(least)d to %(most)d days.") % {"least": DAYS[0], "most": DAYS[1]}
    if not is_asynchronous and not MINUTES[0] <= phase.minutes <= MINUTES[1]:
        range_ = {"least": MINUTES[0], "most": MINUTES[1]}
        yield "minutes", _("A step takes from %(least)d to %(most)d minutes.") % range_
    if phase.speaks not in Speaks.values:
        yield "speaks", _("Choose one of the list.")
    if phase.writes not in Writes.values:
        yield "writes", _("Choose one of the list.")
    elif phase.silent_first and phase.writes in (Writes.NOTHING, Writes.COMMITMENTS):
        yield "silent_first", _("Choose a list that is written in silence.")


def _wrong_text(field: str, text: str, limit: int, *, is_required: bool = False) -> Iterator[tuple[str, str]]:
    if is_required and is_blank(text):
        yield field, _("Give it a name.")
    if len(text) > limit:
        yield field, too_long(len(text), limit)
