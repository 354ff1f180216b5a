"""What a push service takes: a message that the browser alone can read (RFC 8291, aes128gcm of RFC 8188), and the
signature by which it knows the sender (VAPID, RFC 8292). Pure functions; keys and secrets are in base64url.
"""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD = 4096
STEP = 1024
"""Messages are filled up to a multiple of so many bytes, so that their length tells little."""
HOLDS = timedelta(hours=12)
"""How long a signature is good for; push services allow a day."""


def encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def public_point(text: str) -> ec.EllipticCurvePublicKey:
    """A browser's public key. Raises ValueError when it is none of this curve."""
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(text))


def raw_public(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encrypted(message: bytes, *, p256dh: str, auth: str) -> bytes:
    """The body for the browser with these keys, with a key and salt of its own. Raises ValueError."""
    browser, own, salt = public_point(p256dh), ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
    sender = raw_public(own)
    shared = own.exchange(ec.ECDH(), browser)
    secret = _derived(shared, decoded(auth), b"WebPush: info\0" + decoded(p256dh) + sender, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    plain = message + b"\2"
    plain += bytes(-len(plain) % STEP)
    if len(plain) + 16 > RECORD:
        raise ValueError("too long for one push")
    header = salt + RECORD.to_bytes(4, "big") + bytes([len(sender)]) + sender
    return header + AESGCM(key).encrypt(nonce, plain, None)


def _derived(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(material)


def signature(key: ec.EllipticCurvePrivateKey, endpoint: str, *, contact: str, now: datetime) -> str:
    """The `Authorization` header. `contact`: a `mailto:` or `https:` address of who runs the sender."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + HOLDS).timestamp()),
        "sub": contact,
    }
    signed = ".".join(encoded(json.dumps(each).encode()) for each in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    proof = encoded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={signed}.{proof}, k={encoded(raw_public(key))}"
