"""The words of the browser's programs in the person's language, as data for static/src/i18n.ts."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, translation
from typing import Any

from django.conf import settings
from django.utils.translation import to_locale

DOMAIN = "djangojs"
FORMS = 200
"""Plural rules look at the last two digits and at small numbers, so the forms of 0 … 199 say all."""

Catalog = dict[str, Any]


@cache
def catalog_for(language: str) -> Catalog:
    """`{"messages": {English: the text, or a list of plural forms}, "forms": "0100…"}`.

    `forms` has the number of the form for n = 0, 1, 2 …. Without a catalog there are no messages.
    """
    catalog: Catalog = {"messages": {}}
    for folder in reversed(settings.LOCALE_PATHS):
        words = translation(DOMAIN, folder, [to_locale(language)], fallback=True)
        if isinstance(words, GNUTranslations):
            catalog["messages"].update(_messages(words))
            catalog["forms"] = "".join(str(words.plural(n)) for n in range(FORMS))  # type: ignore[attr-defined]
    return catalog


def _messages(words: GNUTranslations) -> dict[str, str | list[str]]:
    """gettext keeps a plural under (English, form); here all forms of it stand in one list."""
    found: dict[str | tuple[str, int], str] = words._catalog  # type: ignore[attr-defined]
    messages: dict[str, str | list[str]] = {}
    for key, text in found.items():
        if isinstance(key, tuple):
            messages[key[0]] = [found[key[0], form] for form in range(_forms_of(found, key[0]))]
        elif key:
            messages[key] = text
    return messages


def _forms_of(found: dict[str | tuple[str, int], str], english: str) -> int:
    return next(form for form in range(FORMS) if (english, form) not in found)
