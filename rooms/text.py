"""What may stand in a message, and how what people paste is brought into that form."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from synergy.live.refusals import Refused

TEXT_LIMIT = 4_000
"""Most characters in a message, counted after cleaning."""
REASON_LIMIT = 200
EXCERPT_LENGTH = 120
COMBINING_LIMIT = 4
"""Most marks on one letter. Real writing needs three; a heap of them covers the lines around."""

# Overrides, embeddings and isolates would turn the text around them; none of our languages needs them.
_TURNING = "\u202a-\u202e\u2066-\u2069"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
_NEVER = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufff9-\ufffb"
_UNWANTED = re.compile(f"[{_CONTROLS}{_TURNING}{_NEVER}]")
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
# Joiners hold emoji together, so one may stay; a run of them only hides something.
_INVISIBLE = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
_INVISIBLE_RUN = re.compile(f"([{_INVISIBLE}])[{_INVISIBLE}]+")
# Tag characters are seen only as part of a flag.
_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007f]{1,8})|[\U000e0000-\U000e007f]+")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n){3,}")
_LEADING_BLANK_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")
_LOOKS_EMPTY = frozenset("\u2800\u3164\u115f\u1160\uffa0")


def clean_text(raw: str) -> str:
    """The text in NFC, without what cannot be seen or would disturb its surroundings.

    Line ends become newlines; controls (but for newline and tab), turning marks, lone surrogates and
    hidden tags go; runs of invisible characters, heaps of marks and rows of blank lines are cut short.
    What is left may be blank. Cleaning a clean text changes nothing.
    """
    text = _UNWANTED.sub("", _LINE_ENDS.sub("\n", raw))
    if not text.isascii():
        text = _INVISIBLE_RUN.sub(r"\1", _TAGS.sub(r"\1", text))
        text = _limit_marks(unicodedata.normalize("NFC", text))
    text = _BLANK_LINES.sub("\n\n\n", text)
    return _LEADING_BLANK_LINES.sub("", text.rstrip())


def is_blank(text: str) -> bool:
    """Whether nothing of `text` can be seen."""
    return not any(_is_visible(character) for character in text)


def checked_text(raw: str, *, may_be_blank: bool = False) -> str:
    """The cleaned text. Raises Refused (`invalid`, field `text`) when it is blank or too long."""
    text = clean_text(raw) if len(raw) <= 4 * TEXT_LIMIT else raw
    if len(text) > TEXT_LIMIT:
        raise _refused(_too_long(len(text)))
    if not is_blank(text):
        return text
    if may_be_blank:
        return ""
    raise _refused(_("Write something first."))


def clean_line(raw: str, limit: int) -> str:
    """The cleaned text in one line, cut to `limit` characters."""
    return " ".join(clean_text(raw).split())[:limit].rstrip()


def excerpt_of(text: str) -> str:
    """The first words of a message in one line, for quotes."""
    line = " ".join(text[: 4 * EXCERPT_LENGTH].split())
    if len(line) <= EXCERPT_LENGTH:
        return line
    return line[: EXCERPT_LENGTH - 1].rstrip() + "…"


def _limit_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks <= COMBINING_LIMIT:
            kept.append(character)
    return "".join(kept)


def _is_visible(character: str) -> bool:
    return not (
        character.isspace()
        or character in _LOOKS_EMPTY
        or unicodedata.category(character) in ("Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zs", "Zl", "Zp")
    )


def _refused(detail: str) -> Refused:
    return Refused("invalid", detail, fields={"text": detail})


def _too_long(length: int) -> str:
    return _("This is %(length)d characters long. A message may have %(limit)d. Send it in parts.") % {
        "length": length,
        "limit": TEXT_LIMIT,
    }
