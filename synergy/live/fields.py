"""What several people change field by field: who was slower than somebody else sees both versions.

The thing has `revisions`, {field: number of its changes}, and `editors`, {field: id of who changed it last}.
"""

from __future__ import annotations

from typing import Any, Protocol

from django.utils.translation import gettext as _

from synergy.live.refusals import Refused


class Edited(Protocol):
    revisions: Any
    editors: Any


def too_long(length: int, limit: int) -> str:
    """Said beside a field with more characters than it has room for."""
    sizes = {"length": length, "limit": limit}
    return _("This is %(length)d characters long. There is room for %(limit)d.") % sizes


def revision_of(thing: Edited, field: str) -> int:
    """0 when it was never changed."""
    return int(thing.revisions.get(field, 0))


def require_base(thing: Edited, field: str, base: int, present: Any) -> None:
    """Raises Refused (`conflict`) unless `base` is the field's revision; `present` is what the field says now."""
    revision = revision_of(thing, field)
    if base != revision:
        now = {"value": present, "revision": revision, "by": thing.editors.get(field)}
        raise Refused("conflict", _("Somebody else has changed this meanwhile."), present=now)


def count_change(thing: Edited, field: str, by: int) -> int:
    """The new revision, in the thing, which the caller saves."""
    revision = revision_of(thing, field) + 1
    thing.revisions[field], thing.editors[field] = revision, by
    return revision
