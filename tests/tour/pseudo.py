"""A language in which every text of ours is in brackets and 40 % longer, to see what is unmarked or does not fit."""

from __future__ import annotations

import re
from pathlib import Path

import polib

from synergy.conf import BASE_DIR

LOCALE = BASE_DIR / "synergy" / "locale"
CODE = "lv"
# What must stay as it is: placeholders of Python and of the client, tags, entities.
_KEPT = re.compile(r"(%\(\w+\)[sdf]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;|\n)")
_ACCENTS = str.maketrans("aceinosuyzACEINOSUYZ", "āčēīņōšūýžĀČĒĪŅŌŠŪÝŽ")


def pseudo(text: str) -> str:
    """`⟦text⟧` with accents, and two fifths longer."""
    parts = _KEPT.split(text)
    words = "".join(part if _KEPT.fullmatch(part) else part.translate(_ACCENTS) for part in parts)
    letters = sum(len(part) for part in parts if not _KEPT.fullmatch(part))
    # In groups, since a line breaks between words.
    tail = "···· " * (max(1, round(letters * 0.4) - 2) // 5) + "·"
    lead = len(words) - len(words.lstrip("\n"))
    end = len(words.rstrip("\n"))
    return f"{words[:lead]}⟦{words[lead:end]}{tail}⟧{words[end:]}"


def make_pseudo_language(folder: Path) -> None:
    """Writes the catalogs of the server and of the client into `folder`."""
    target = folder / CODE / "LC_MESSAGES"
    target.mkdir(parents=True, exist_ok=True)
    for domain in ("django", "djangojs"):
        catalog = polib.pofile(str(LOCALE / CODE / "LC_MESSAGES" / f"{domain}.po"))
        for entry in catalog:
            if entry.msgid_plural:
                entry.msgstr_plural = {form: pseudo(entry.msgid_plural) for form in entry.msgstr_plural}
            else:
                entry.msgstr = pseudo(entry.msgid)
        catalog.save_as_mofile(str(target / f"{domain}.mo"))
