"""Secrets that are shown once. Only the hash is kept, so that a copy of the database opens no door."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """A secret of 256 bits, to be shown once."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """64 hexadecimal digits. A plain hash serves: there is nothing to guess in 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
