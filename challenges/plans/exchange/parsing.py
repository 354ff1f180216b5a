"""JSON read as a document, and looked at before anything is made of it."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from challenges.plans.actions.evidence import EVIDENCE_LIMIT
from challenges.plans.actions.reporting import READINGS_LIMIT
from challenges.plans.actions.values import YEARS
from challenges.plans.exchange.document import FORMAT, VERSION, PlanDocument
from challenges.plans.exchange.tables import ROW_LIMIT
from challenges.plans.models import Kind
from rooms.text import clean_text
from synergy.live.fields import too_long
from synergy.live.refusals import Refused

TEXT_LIMIT = 20_000
"""Most characters of any text in a document; some have less room."""
HISTORY_LIMIT = 50_000
"""Most readings, updates and entries of one document."""


def read_document(content: bytes) -> PlanDocument:
    """Raises Refused (`invalid`, field `file`)."""
    try:
        held = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise refused(_("This is no JSON, or it is cut off.")) from None
    if not isinstance(held, dict) or held.get("format") != FORMAT:
        raise refused(_("This JSON is no plan from Synergy."))
    if held.get("version") != VERSION:
        raise refused(_("This plan was written by a newer Synergy. It cannot be read here."))
    try:
        document = msgspec.convert(_cleaned(held), PlanDocument)
    except (msgspec.ValidationError, RecursionError) as error:
        raise refused(_("This plan cannot be read: %(fault)s") % {"fault": _in_words(error)}) from None
    _check(document)
    return document


def _in_words(error: Exception) -> str:
    """What a pattern asks for is no sentence. Numbers alone have one."""
    fault, at, place = str(error).partition(" - at ")
    return f"{_('Write a number, for example 17.8.')}{at}{place}" if "regex" in fault else str(error)


def _check(document: PlanDocument) -> None:
    """Raises Refused."""
    if not _are_days_of_ours(msgspec.to_builtins(document, builtin_types=(date, datetime))):
        raise refused(_("Check the year."))
    if len(document.items) > ROW_LIMIT:
        raise refused(_("There is room for %(limit)d rows in a plan.") % {"limit": ROW_LIMIT})
    entries = sum(len(report.entries) for report in document.reports)
    if len(document.readings) + len(document.updates) + entries > HISTORY_LIMIT:
        raise refused(_("There is too much in this plan to bring it at once."))
    if sum(bool(each.url) for each in document.evidence) > EVIDENCE_LIMIT:
        raise refused(_("There is room for %(limit)d files and links.") % {"limit": EVIDENCE_LIMIT})
    _check_readings(document)
    keys: set[str] = set()
    for item in document.items:
        if item.key in keys or (item.parent is not None and item.parent not in keys):
            raise refused(_("This plan does not hold together: something in it is there twice or missing."))
        keys.add(item.key)


def _check_readings(document: PlanDocument) -> None:
    """Raises Refused."""
    others = {item.key for item in document.items if item.kind != Kind.INDICATOR}
    counted = Counter(reading.item for reading in document.readings)
    if others & counted.keys():
        raise refused(_("Only an indicator has readings."))
    if max(counted.values(), default=0) > READINGS_LIMIT:
        raise refused(_("There is room for %(limit)d readings.") % {"limit": READINGS_LIMIT})


def _cleaned(held: Any) -> Any:
    """Without what may not stand in texts. Raises Refused when one is too long."""
    if isinstance(held, str):
        if len(held) > TEXT_LIMIT:
            raise refused(too_long(len(held), TEXT_LIMIT))
        return clean_text(held)
    if isinstance(held, list):
        return [_cleaned(each) for each in held]
    if isinstance(held, dict):
        return {clean_text(str(name)): _cleaned(each) for name, each in held.items()}
    return held


def _are_days_of_ours(held: Any) -> bool:
    """Whether each day and time lies in years that every time zone has."""
    if isinstance(held, dict):
        held = list(held.values())
    if isinstance(held, (list, tuple)):
        return all(map(_are_days_of_ours, held))
    return not isinstance(held, date) or YEARS[0] <= held.year <= YEARS[1]


def refused(detail: str) -> Refused:
    return Refused("invalid", detail, fields={"file": detail})
