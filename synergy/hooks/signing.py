"""Messages as Standard Webhooks has them: what is sent, and the signature over its id, time and body."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from datetime import datetime

import msgspec
from django.utils.crypto import salted_hmac

from synergy.hooks.models import Delivery, Hook


class Told(msgspec.Struct, frozen=True):
    """`data` of a message: which fact it is. What it says is read over the API."""

    cohort: int
    stream: str
    seq: int
    name: str
    kind: str
    id: int


class Message(msgspec.Struct, frozen=True):
    type: str
    timestamp: datetime
    data: Told


def secret_of(hook: Hook) -> str:
    """As the receiver keeps it. It is shown once, and made anew from the site's key whenever it is needed."""
    return "whsec_" + b64encode(_key(hook)).decode()


def body_of(delivery: Delivery) -> bytes:
    data = Told(
        cohort=delivery.hook.cohort_id,
        stream=delivery.stream,
        seq=delivery.seq,
        name=delivery.name,
        kind=delivery.stream_kind,
        id=delivery.stream_key,
    )
    return msgspec.json.encode(Message(type=delivery.name, timestamp=delivery.at, data=data))


def headers_of(delivery: Delivery, body: bytes, now: datetime) -> dict[str, str]:
    """`now` is when it is sent, so that a receiver can refuse what is old."""
    uid, moment = f"msg_{delivery.uid.hex}", str(int(now.timestamp()))
    signed = f"{uid}.{moment}.".encode() + body
    signature = b64encode(hmac.new(_key(delivery.hook), signed, hashlib.sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "User-Agent": "Synergy webhooks",
        "webhook-id": uid,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{signature}",
    }


def _key(hook: Hook) -> bytes:
    return salted_hmac("synergy.hooks", hook.salt, algorithm="sha256").digest()
