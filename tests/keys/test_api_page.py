"""docs/api.md: its example works, and its tables are the code's."""

import json
import re

import pytest
from django.conf import settings
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from challenges.paging import PAGE, PAGE_LIMIT
from challenges.plans.models import Reading
from synergy.hooks.models import Delivery, Hook
from synergy.hooks.sending import WAITS
from synergy.hooks.signing import body_of
from synergy.hooks.sources import all_sources
from synergy.keys.actions import DAYS, make_token
from synergy.keys.doors import TOKEN_RATE
from synergy.keys.scopes import all_scopes
from synergy.live.limits import RECEIPT_DAYS
from tests.factories import NOON
from tests.factories.plans import make_plan_case
from tests.support.plans import agree

TEXT = (settings.BASE_DIR / "docs" / "api.md").read_text()


def test_the_example_works(client, db):
    case = agree(make_plan_case())
    now = timezone.now()
    _token, secret = make_token(person=case.member, name="curl", scopes=["plans:write"], days=30, now=now)
    command = re.search(r"```sh\n(.+?)```", TEXT, re.DOTALL)[1]
    path = re.search(r"https://synergy\.example(\S+)", command)[1]
    path = path.replace("/7/", f"/{case.plan.pk}/").replace("/42/", f"/{case.indicator.pk}/")
    body = re.search(r"-d '(.+)'", command)[1]

    answers = [
        client.post(
            path, body, content_type="application/json", headers={"Authorization": f"Bearer {secret}"}
        )
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    shown = json.loads(re.search(r"```json\n(.+?)```", TEXT, re.DOTALL)[1])
    assert [answer.json().keys() for answer in answers] == [shown.keys()] * 2
    assert Reading.objects.count() == 1


def test_its_scopes_and_addresses_are_those_that_there_are():
    rows = dict(re.findall(r"^\| `(\w+:\w+)` \| (.+) \|$", TEXT, re.MULTILINE))
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]

    assert set(rows) == {name for name, _label in all_scopes()}
    assert not [
        path for path, methods in paths.items() for each in methods.values() if not each.get("summary")
    ]
    named = {
        (method, path) for row in rows.values() for method, path in re.findall(r"`(GET|POST) (/\S+)`", row)
    }
    there = {
        (method.upper(), path)
        for path, methods in paths.items()
        for method, operation in methods.items()
        if any("accessToken" in way for way in operation.get("security", []))
    }
    assert named == there - {("GET", "/api/schema/")}


def test_its_streams_are_those_that_webhooks_hear_of():
    assert set(re.findall(r"^\| `(\w+):<", TEXT, re.MULTILINE)) == {kind for kind, _label in all_sources()}


def test_its_numbers_are_those_of_the_code():
    assert ", ".join(str(days) for days in DAYS[:-1]) + f" or {DAYS[-1]} days" in TEXT
    assert f"({PAGE}, up to {PAGE_LIMIT})" in TEXT
    assert f"remembered for {RECEIPT_DAYS} days" in TEXT
    assert f"{TOKEN_RATE.per_second} requests a second and {TOKEN_RATE.burst} at once" in TEXT
    units = {"s": 1, "min": 60, "h": 3600}
    waits = re.search(r"tried again after (.+?)\. Then", TEXT)[1]
    assert tuple(int(n) * units[unit] for n, unit in re.findall(r"(\d+) (s|min|h)\b", waits)) == WAITS


@pytest.mark.django_db
def test_its_message_is_as_they_are_sent():
    shown = json.loads(re.findall(r"```json\n(.+?)```", TEXT, re.DOTALL)[1])
    hook = Hook(cohort_id=3, salt="x")
    sent = Delivery(hook=hook, stream_kind="plan", stream_key=7, seq=12, name="reading.set", at=NOON)

    assert json.loads(body_of(sent)) == shown


def test_structs_of_one_name_are_not_mixed_up():
    schemas = SchemaGenerator().get_schema(request=None, public=True)["components"]["schemas"]

    def fields_of_open(card):
        name = schemas[card]["properties"]["open"]["$ref"].rpartition("/")[2]
        return set(schemas[name]["properties"])

    assert fields_of_open("ChallengeCard") == {"author", "facilitator"}
    assert fields_of_open("PlanCard") == {"member", "lead", "school"}
    text = json.dumps(schemas)
    assert set(re.findall(r'"#/components/schemas/([^"]+)"', text)) <= set(schemas)
