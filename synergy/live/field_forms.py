"""A text that several people edit field by field, as a form of a page: what nobody touched is not sent,
and who is slower than somebody else sees both versions.

Beside each field `f` the form carries `f_was`, the digest of what was shown, and `f_revision`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec
from django.http import QueryDict
from django.utils.functional import Promise

from synergy.journal.facts import StreamId
from synergy.live.forms import run_command
from synergy.live.refusals import Refused

LONGEST_NUMBER = 15
"""Digits."""


@dataclass(frozen=True)
class FormField:
    """`value` is what the form shows; `theirs` what somebody else wrote meanwhile, with `error`."""

    name: str
    label: str | Promise
    hint: str | Promise
    value: Any
    revision: int
    was: str
    error: str = ""
    theirs: Any = None


def form_field(
    name: str,
    words: tuple[str | Promise, str | Promise],
    held: Any,
    revision: int,
    typed: Any = None,
    refusal: Refused | None = None,
) -> FormField:
    """`held` is what the server has. After a conflict the base is what the person sees now: saving again keeps
    what they wrote."""
    label, hint = words
    is_conflict = refusal is not None and refusal.code == "conflict"
    return FormField(
        name=name,
        label=label,
        hint=hint,
        value=held if typed is None else typed,
        revision=revision,
        was=digest(held),
        error=refusal.detail if refusal else "",
        theirs=held if is_conflict else None,
    )


def save_fields(
    person: Any, stream: StreamId, command: str, form: QueryDict, submitted: Mapping[str, Any]
) -> dict[str, Refused]:
    """Saves those of the fields that the person changed; gives what was turned down, by field."""
    refused: dict[str, Refused] = {}
    for field, value in submitted.items():
        if form.get(f"{field}_was") == digest(value):
            continue
        base = whole_number(form.get(f"{field}_revision", "0"))
        refused |= tried(person, stream, command, {"field": field, "value": value, "base": base}, field)
    return refused


def tried(
    person: Any, stream: StreamId, command: str, data: dict[str, Any], field: str = ""
) -> dict[str, Refused]:
    """Runs the command; gives what was turned down, as that of `field`."""
    try:
        run_command(person, stream, command, data)
    except Refused as refusal:
        return {field: refusal}
    return {}


def whole_number(typed: str) -> int:
    """0 for what is no number, or none of ours."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER else 0


def digest(value: Any) -> str:
    """Tells whether a field of the form was changed by its person, and not by somebody else."""
    return sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()[:16]
