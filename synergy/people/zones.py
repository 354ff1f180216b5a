"""Time zones: what people choose from, and where each country's clock is."""

from __future__ import annotations

import zoneinfo
from functools import cache

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from synergy.people.models import Country

ZONE_OF_COUNTRY = {
    Country.LATVIA: "Europe/Riga",
    Country.BULGARIA: "Europe/Sofia",
    Country.HUNGARY: "Europe/Budapest",
    Country.SLOVAKIA: "Europe/Bratislava",
    Country.POLAND: "Europe/Warsaw",
}

_CITIES = {
    "Europe/Riga": gettext_lazy("Riga"),
    "Europe/Sofia": gettext_lazy("Sofia"),
    "Europe/Budapest": gettext_lazy("Budapest"),
    "Europe/Bratislava": gettext_lazy("Bratislava"),
    "Europe/Warsaw": gettext_lazy("Warsaw"),
}

_OLD_FOLDERS = {"Brazil", "Canada", "Chile", "Etc", "Mexico", "SystemV", "US", "posix", "right"}
"""What is in there has a newer name on its continent."""


def zone_of_country(country: str) -> str:
    return ZONE_OF_COUNTRY[Country(country)]


def zone_or_utc(name: str) -> zoneinfo.ZoneInfo:
    """The zone of this name; UTC when this machine does not, or no longer, know it."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return zoneinfo.ZoneInfo("UTC")


def place_of_zone(zone: str) -> str:
    """What people call a zone, in their language: "Warsaw" for "Europe/Warsaw"."""
    if zone in _CITIES:
        return str(_CITIES[zone])
    return zone.rpartition("/")[2].replace("_", " ")


def zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a select box: the five countries' zones and the reader's own first, then all others under one heading."""
    near = sorted({*ZONE_OF_COUNTRY.values(), timezone.get_current_timezone_name()} - {"UTC"})
    often = [*((zone, place_of_zone(zone)) for zone in near), ("UTC", "UTC")]
    return [
        (_("Often used here"), often),
        (_("Other time zones"), [(zone, words) for zone, words in _far_zones() if zone not in near]),
    ]


@cache
def _far_zones() -> list[tuple[str, str]]:
    """By the name of the place, which people know, with its continent behind it."""
    parts = [zone.partition("/") for zone in zoneinfo.available_timezones() - set(_CITIES)]
    known = [
        (f"{continent}/{place}", f"{place.replace('_', ' ')} ({continent})")
        for continent, _slash, place in parts
        if place and continent not in _OLD_FOLDERS
    ]
    return sorted(known, key=lambda zone: zone[1])
