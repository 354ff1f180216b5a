"""The key by which push services know this site, RFC 8292. Browsers that are pushed are bound to it."""

from __future__ import annotations

import functools

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from synergy.conf import Config, kept_push_key
from synergy.notices.webpush import decoded


def push_key() -> ec.EllipticCurvePrivateKey | None:
    """None when who runs this server has set none up: then nothing is pushed."""
    return _key_of(settings.CONFIG)


@functools.lru_cache(maxsize=1)
def _key_of(config: Config) -> ec.EllipticCurvePrivateKey | None:
    text = config.push_key or (kept_push_key(config.data_dir) if config.demo else "")
    return ec.derive_private_key(int.from_bytes(decoded(text)), ec.SECP256R1()) if text else None
