"""Marks that every page uses: icons, people, countries, times in the viewer's zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from synergy.people.models import Country
from synergy.people.zones import place_of_zone

register = template.Library()

NAME_LANGUAGES = {"LV": "lv", "BG": "bg", "HU": "hu", "SK": "sk", "PL": "pl"}
"""The language in which a name from this country is written: it picks the letterforms and the voice."""


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing from the sprite; it says nothing to a screen reader, so words stand beside it."""
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#i-{}"/></svg>', static("icons.svg"), name
    )


@register.simple_tag
def avatar(person: Any, size: str = "") -> SafeString:
    """The person as a circle with their country's seat lit. `size` is "s", "l", "xl" or nothing.

    `person` is anything with `name`, and perhaps `country` (code) and `picture` (a URL or an image field).
    """
    css = f"av {size}".strip()
    code = str(_read(person, "country") or "")
    picture = _picture_url(_read(person, "picture"))
    if picture:
        face = format_html('<img src="{}" alt="" width="38" height="38" loading="lazy">', picture)
    else:
        face = format_html(
            '<span lang="{}">{}</span>', NAME_LANGUAGES.get(code, ""), initials(_read(person, "name"))
        )
    return format_html('<span class="{}" data-c="{}" aria-hidden="true">{}</span>', css, code.lower(), face)


@register.filter
def initials(name: str) -> str:
    """First letters of the first two words: "Boros Péterné" is BP, whichever is the family name."""
    return "".join(word[0] for word in name.split()[:2]).upper()


@register.simple_tag
def country(code: str) -> SafeString:
    """The country's mark, code and, as a title, its name."""
    if code not in Country.values:
        return SafeString("")
    return format_html(
        '<abbr class="cc" data-c="{}" title="{}">{}</abbr>', code.lower(), Country(code).label, code
    )


@register.simple_tag
def person_name(person: Any) -> SafeString:
    """The name in the language it is written in, kept apart from the text around it."""
    lang = NAME_LANGUAGES.get(str(_read(person, "country") or ""), "")
    return format_html('<bdi lang="{}">{}</bdi>' if lang else "<bdi>{1}</bdi>", lang, _read(person, "name"))


@register.simple_tag
def zone() -> str:
    """The viewer's zone by its city: "Warsaw time". UTC has none."""
    place = place_of_zone(timezone.get_current_timezone_name())
    return place if place == "UTC" else _("%(city)s time") % {"city": place}


def _time_tag(words: Callable[[datetime], str], at: datetime) -> SafeString:
    local = timezone.localtime(at)
    full = f"{date_format(local, 'DATE_FORMAT')}, {date_format(local, 'TIME_FORMAT')} ({zone()})"
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), full, words(local))


@register.simple_tag
def clock(at: datetime) -> SafeString:
    """11:35, with the day and the zone in its title."""
    return _time_tag(lambda local: date_format(local, "TIME_FORMAT"), at)


@register.simple_tag
def day(at: datetime) -> SafeString:
    """10 February 2027."""
    return _time_tag(lambda local: date_format(local, "DATE_FORMAT"), at)


@register.simple_tag
def day_or_clock(at: datetime) -> SafeString:
    """11:35 today, 10 February on another day; the rest in its title."""

    def words(local: datetime) -> str:
        is_today = local.date() == timezone.localdate()
        return date_format(local, "TIME_FORMAT" if is_today else "MONTH_DAY_FORMAT")

    return _time_tag(words, at)


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """10 February, 11:35 (Warsaw time); with the year, when that is not this one."""

    def words(local: datetime) -> str:
        is_this_year = local.year == timezone.localdate().year
        day = date_format(local, "MONTH_DAY_FORMAT" if is_this_year else "DATE_FORMAT")
        return f"{day}, {date_format(local, 'TIME_FORMAT')} ({zone()})"

    return _time_tag(words, at)


def _read(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)


def _picture_url(picture: Any) -> str:
    if not picture:
        return ""
    return picture if isinstance(picture, str) else str(picture.url)
