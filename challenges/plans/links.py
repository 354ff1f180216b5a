"""Whether links that prove something still open: asked from the queue, and only of public addresses.

See the Note [Where a link may lead] in `synergy/outward.py`. Each redirect is looked at anew. Only the head
of the answer is read, within a few seconds.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from challenges.plans.cards import evidence_card
from challenges.plans.events import EvidenceSet
from challenges.plans.models import Evidence, LinkState, PlanState
from challenges.plans.queries import plan_stream
from synergy.journal import log
from synergy.outward import Answer, LookUp, NotPublic, ask, public_address

PATIENCE = 15.0
"""Seconds for all redirects together."""
HEADERS = {"User-Agent": "Synergy link check", "Accept": "*/*"}
REDIRECTS = 5
GET_INSTEAD = (403, 405, 501)
"""Answers of servers that do not like to be asked for a head alone."""
LIVES = (401, 403, 429)
"""Somebody answers there, although not to a machine."""


def check_later(evidence: Evidence) -> None:
    """In the open transaction: the link is checked after it has been committed."""
    check_link.enqueue(evidence.pk)


def check_all_later(evidence: Sequence[Evidence]) -> None:
    """The same for many, of which an import must not write a row of the queue each."""
    if keys := [row.pk for row in evidence]:
        check_each.enqueue(keys)


@task()
def check_each(evidence: list[int]) -> None:
    """One that does not answer holds up none of the others."""
    with transaction.atomic():
        for pk in evidence:
            check_link.enqueue(pk)


@task()
def check_link(evidence: int) -> None:
    """Asks the link of this evidence and says in the plan's log what came of it."""
    row = Evidence.objects.filter(pk=evidence).exclude(url="").first()
    if row is not None:
        set_link_state(row, LinkState.ALIVE if is_alive(row.url) else LinkState.DEAD, timezone.now())


def check_links(*, zone: str, day: object, now: datetime) -> None:
    """Every day, those of plans that are carried out: each about once a week."""
    rows = Evidence.objects.filter(plan__state=PlanState.APPROVED).exclude(url="")
    weekday = now.weekday()
    for pk in rows.values_list("pk", flat=True):
        if pk % 7 == weekday:
            check_link.enqueue(pk)


def set_link_state(evidence: Evidence, state: LinkState, now: datetime) -> None:
    """It may have been removed meanwhile. The log tells of a change alone."""
    with transaction.atomic(savepoint=False):
        stream = plan_stream(evidence.plan_id)
        log.lock(stream)
        row = Evidence.objects.filter(pk=evidence.pk, url=evidence.url).first()
        if row is None:
            return
        was, row.link_state, row.checked_at = row.link_state, state, now
        row.save(update_fields=["link_state", "checked_at"])
        if state != was:
            log.append(stream, EvidenceSet(evidence=evidence_card(row)), by=None, at=now)


def is_alive(url: str, look_up: LookUp | None = None) -> bool:
    """See the Note [Where a link may lead]. What may not be asked is not alive.

    `look_up` gives the address to connect to for a host and a port. Raises Unreachable when no name at all
    can be looked up just now.
    """
    end = time.monotonic() + PATIENCE
    try:
        for _hop in range(REDIRECTS + 1):
            answer = _ask(url, "HEAD", look_up or public_address, end)
            if answer.status in GET_INSTEAD:
                answer = _ask(url, "GET", look_up or public_address, end)
            if not (300 <= answer.status < 400 and answer.location):
                return answer.status < 300 or answer.status in LIVES
            url = urljoin(url, answer.location)
    except (OSError, ValueError, http.client.HTTPException, NotPublic):
        return False
    return False


def _ask(url: str, method: str, look_up: LookUp, end: float) -> Answer:
    """`end`: by `time.monotonic()`. Raises OSError, ValueError, HTTPException, NotPublic or Unreachable."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise ValueError(url)
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError(url)
    return ask(method, parts, headers=HEADERS, look_up=look_up, patience=left)
