"""Display names: one field, any script, nothing invisible in it."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 120
"""Letters."""


def tidy_name(value: str) -> str:
    """The name in composed letters (NFC) with single spaces."""
    return " ".join(unicodedata.normalize("NFC", value).split())


def name_from_address(email: str) -> str:
    """A first guess at the name of who has this address: "Anna Nowak" for anna.nowak@office.example."""
    local = email.partition("@")[0]
    letters = "".join(char if char.isalnum() else " " for char in local)
    return (tidy_name(letters).title() or local)[:LONGEST]


def check_name(value: str) -> None:
    """Refuses what could make one name look like another: control and direction marks, and `@`."""
    if any(unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn") for char in value):
        raise ValidationError(_("Write the name without invisible characters."))
    if "@" in value:
        raise ValidationError(_("Write a name, not an e-mail address."))
    if not any(char.isalpha() for char in value):
        raise ValidationError(_("Write a name with letters."))
