"""Addresses: of what a notice is about, and of the page that stops its mail without signing in."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.urls import reverse

from synergy.notices.models import Notice

SALT = "synergy.notices.stop"


def address_from(notice: Notice) -> str:
    """Where it leads. The page that opens marks it as read, see `bar.bell`."""
    path, hash_mark, part = notice.address.partition("#")
    joint = "&" if "?" in path else "?"
    return f"{path}{joint}notice={notice.pk}{hash_mark}{part}"


def stop_link(person: int, kinds: Iterable[str]) -> str:
    """The full address at which the person's mail about these kinds is stopped; it holds for ever."""
    token = signing.dumps({"person": person, "kinds": sorted(kinds)}, salt=SALT, compress=True)
    return settings.CONFIG.base_url + reverse("notices:stop", args=[token])


def read_stop_link(token: str) -> tuple[int, list[str]]:
    """The person and the kinds. Raises signing.BadSignature."""
    said = signing.loads(token, salt=SALT)
    return int(said["person"]), [str(kind) for kind in said["kinds"]]
