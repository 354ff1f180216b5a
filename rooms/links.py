"""Which addresses may be links, and where a bare one ends."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markdown_it.common.normalize_url import normalizeLink

HREF_LIMIT = 2_000

BARE_LINK = (
    r"(?<![\w@])(?i:https?://[^\s<>\"`\\]+"
    r"|www\.[\w-]+\.[^\s<>\"`\\]+"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"
)
_PUNCTUATION = ".,;:!?…'’”»*_~"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_HREF = re.compile(r"(?:https?://|mailto:)[!#-;=?-\[\]_a-z~]+", re.IGNORECASE)


def safe_href(url: str) -> str | None:
    """The address in ASCII when it is http, https or mailto and cannot mislead; else None.

    A user's name in a web address (`https://ministry.example@evil.example`) only serves to mislead.
    """
    if len(url) > HREF_LIMIT:
        return None
    try:
        href = normalizeLink(url)
        parts = urlsplit(href)
        parts.port  # noqa: B018 - raises ValueError for a bad port
    except (ValueError, UnicodeError):
        return None
    if not _HREF.fullmatch(href) or len(href) > 3 * HREF_LIMIT:
        return None
    if parts.scheme == "mailto":
        return href if "@" in parts.path.strip("@") else None
    return href if parts.hostname and parts.username is None and parts.password is None else None


def href_of_bare(found: str) -> tuple[str, str | None]:
    """The part of a match of BARE_LINK that is the link, without the sentence's punctuation; and its address."""
    link = _without_punctuation(found)
    if link.lower().startswith(("http://", "https://")):
        return link, safe_href(link)
    if link.lower().startswith("www."):
        return link, safe_href(f"https://{link}")
    return link, safe_href(f"mailto:{link}")


def _without_punctuation(link: str) -> str:
    while link:
        last = link[-1]
        if last not in _PUNCTUATION and link.count(last) <= link.count(_BRACKETS.get(last, last)):
            return link
        link = link[:-1]
    return link
