"""The connection page and its probe."""

import asyncio
from datetime import datetime, timedelta

import msgspec
import pytest
from asgiref.sync import sync_to_async
from channels.testing import HttpCommunicator
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from synergy.live import connection
from synergy.live.connection import PROBE_PATH, Probes
from tests.factories import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def probe(person, query="", probes=None):
    communicator = HttpCommunicator(probes or Probes(), "GET", PROBE_PATH + query)
    communicator.scope["user"] = person
    return communicator


async def answer(communicator, timeout=3):
    response = await communicator.get_response(timeout=timeout)
    assert response["status"] == 200
    assert dict(response["headers"])[b"cache-control"] == b"no-store"
    return msgspec.json.decode(response["body"])


async def test_the_probe_tells_the_time_and_whose_cookie_it_is():
    ann = await sync_to_async(make_person)()
    said = await answer(probe(ann))
    assert (said["person"], said["waited"]) == (ann.pk, 0)
    assert abs(datetime.fromisoformat(said["now"]) - timezone.now()) < timedelta(seconds=5)
    assert (await answer(probe(AnonymousUser())))["person"] is None


async def test_it_waits_for_who_is_signed_in_and_for_nobody_else():
    ann = await sync_to_async(make_person)()
    start = asyncio.get_running_loop().time()
    assert (await answer(probe(ann, "?wait=1")))["waited"] == 1
    assert asyncio.get_running_loop().time() - start >= 1
    assert (await answer(probe(AnonymousUser(), "?wait=1"), timeout=0.5))["waited"] == 0


@pytest.mark.parametrize("query", ["?wait=-1", "?wait=x", "?wait=²", "?wait=", "?wait=%00", "?wait=1e9"])
async def test_it_does_not_wait_for_nonsense(query):
    ann = await sync_to_async(make_person)()
    assert (await answer(probe(ann, query), timeout=0.5))["waited"] == 0


async def test_it_never_waits_longer_than_it_should(monkeypatch):
    ann = await sync_to_async(make_person)()
    monkeypatch.setattr(connection, "LONGEST_WAIT", 0.2)
    assert (await answer(probe(ann, "?wait=999999")))["waited"] == 0.2


async def test_only_so_many_wait_at_once_and_who_leaves_makes_room(monkeypatch):
    ann = await sync_to_async(make_person)()
    monkeypatch.setattr(connection, "WAITING_PROBES", 1)
    probes = Probes()
    first = probe(ann, "?wait=5", probes)
    await first.send_input({"type": "http.request", "body": b""})
    await asyncio.sleep(0.05)
    assert (await answer(probe(ann, "?wait=1", probes), timeout=0.5))["waited"] == 0
    await first.send_input({"type": "http.disconnect"})
    await asyncio.sleep(0.05)
    assert (await answer(probe(ann, "?wait=1", probes)))["waited"] == 1


def test_the_page_is_there_for_all_and_knows_who_looks(client):
    ann = make_person()
    assert "data-person" not in client.get(reverse("connection")).content.decode()
    client.force_login(ann)
    page = client.get(reverse("connection")).content.decode()
    assert f'data-person="{ann.pk}"' in page
    assert "The check needs JavaScript" in page
    assert '<script id="catalog" type="application/json">' in page
