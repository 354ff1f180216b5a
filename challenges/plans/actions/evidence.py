"""What proves something: files and links, for one item or several."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from challenges.plans.actions.held import hold, invalid, items_of, require_work, tell
from challenges.plans.actions.proof import keeping_proof
from challenges.plans.actions.values import a_line
from challenges.plans.cards import evidence_card
from challenges.plans.events import EvidenceRemoved, EvidenceSet
from challenges.plans.links import check_later
from challenges.plans.models import Evidence, Item, Plan
from rooms.text import is_blank
from rooms.uploads import check_size, read_upload
from synergy.live.refusals import Refused
from synergy.people.models import Person

EVIDENCE_LIMIT = 500


def link_evidence(
    *, person: Person, plan: Plan, items: Sequence[int], title: str, url: str, now: datetime
) -> Evidence:
    """An http(s) address. One that the plan has already gets these items, too. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        require_work(person, plan)
        rows = items_of(plan, items)
        address = checked_address(url)
        evidence = plan.evidence.filter(url=address).first()
        if evidence is None:
            _require_room(plan)
            name = a_line(title, 300, "title")
            evidence = Evidence.objects.create(
                plan=plan, title=name if not is_blank(name) else address[:300], url=address, by=person, at=now
            )
            check_later(evidence)
        _prove(person, plan, evidence, rows, now)
    return evidence


def attach_evidence(
    *,
    person: Person,
    plan: Plan,
    items: Sequence[int],
    name: str,
    content: bytes,
    now: datetime,
    title: str = "",
) -> Evidence:
    """Keeps an uploaded file. The same content again is the file that is there already, for these items, too.

    Raises Refused: `forbidden`, `conflict`, `too_large` or `invalid` (field `file`).
    """
    require_work(person, plan)
    check_size(len(content))
    upload = read_upload(name, content)
    digest = hashlib.sha256(upload.content).hexdigest()
    stored = ""
    try:
        with transaction.atomic():
            hold(plan)
            require_work(person, plan)
            rows = items_of(plan, items)
            evidence = plan.evidence.filter(sha256=digest).first()
            if evidence is None:
                _require_room(plan)
                evidence = Evidence(plan=plan, by=person, at=now, sha256=digest)
                evidence.title = a_line(title, 300, "title") or upload.name
                evidence.content_type, evidence.size = upload.content_type, len(upload.content)
                place = f"{secrets.token_hex(16)}{upload.suffix}"
                evidence.file.save(place, ContentFile(upload.content), save=False)
                stored = str(evidence.file.name)
                evidence.save()
            _prove(person, plan, evidence, rows, now)
    except Exception:
        if stored:
            default_storage.delete(stored)
        raise
    return evidence


def assign_evidence(
    *, person: Person, plan: Plan, evidence: int, items: Sequence[int], now: datetime
) -> None:
    """All items that it proves. Raises Refused: what is complete keeps what proves it.

    An item that was taken out keeps it, too, for the day it is put back.
    """
    with transaction.atomic(savepoint=False):
        hold(plan)
        require_work(person, plan)
        row = _evidence_of(plan, evidence)
        known = dict(row.items.values_list("pk", "removed_at"))
        gone = {pk for pk, removed_at in known.items() if removed_at is not None}
        proves = {item.pk for item in items_of(plan, set(items) - gone)} | gone
        if proves == set(known):
            return
        with keeping_proof(plan):
            row.items.set(proves)
        tell(plan, EvidenceSet(evidence=evidence_card(row)), person, now)


def remove_evidence(*, person: Person, plan: Plan, evidence: int, now: datetime) -> None:
    """For good. Raises Refused: what is complete keeps what proves it."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        require_work(person, plan)
        row = _evidence_of(plan, evidence)
        key, name = row.pk, str(row.file.name or "")
        with keeping_proof(plan):
            row.items.clear()
        row.delete()
        tell(plan, EvidenceRemoved(evidence=key), person, now)
        if name:
            transaction.on_commit(lambda: default_storage.delete(name), robust=True)


def checked_address(url: str) -> str:
    """An http(s) address with a host, and without a name or password in it. Raises Refused (`invalid`)."""
    address = a_line(url, 2_000, "url")
    try:
        parts = urlsplit(address)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        is_good = False
    if not is_good or " " in address:
        raise invalid("url", _("Write an address that begins with https:// or http://."))
    return address


def _prove(person: Person, plan: Plan, evidence: Evidence, items: Sequence[Item], now: datetime) -> None:
    known = set(evidence.items.values_list("pk", flat=True))
    new = [item for item in items if item.pk not in known]
    evidence.items.add(*new)
    if new or not known:
        tell(plan, EvidenceSet(evidence=evidence_card(evidence)), person, now)


def _evidence_of(plan: Plan, pk: int) -> Evidence:
    row = plan.evidence.filter(pk=pk).first()
    if row is None:
        raise Refused("not_found", _("There is no such evidence here any more."))
    return row


def _require_room(plan: Plan) -> None:
    if plan.evidence.count() >= EVIDENCE_LIMIT:
        raise Refused(
            "conflict", _("There is room for %(limit)d files and links.") % {"limit": EVIDENCE_LIMIT}
        )
