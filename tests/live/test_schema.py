"""The documents made from the structs fit together, and true frames fit them."""

import json
import uuid

import jsonschema
import pytest
from asgiref.sync import sync_to_async
from django.urls import reverse

from synergy.live import schema
from tests.factories import make_person
from tests.support.live import client, let_in

pytestmark = pytest.mark.once


def refs(document):
    if isinstance(document, dict):
        if isinstance(document.get("$ref"), str):
            yield document["$ref"]
        for value in document.values():
            yield from refs(value)
    elif isinstance(document, list):
        for value in document:
            yield from refs(value)


def resolve(document, ref):
    for part in ref.removeprefix("#/").split("/"):
        document = document[part]
    return document


def fits(frame, name):
    document = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schema.json_schemas()}}
    jsonschema.validate(frame, document)


def test_every_reference_leads_somewhere():
    document = schema.asyncapi("synergy.example", secure=True)
    found = set(refs(document))
    assert "#/components/schemas/Opened" in found
    for ref in found:
        assert resolve(document, ref)


def test_commands_and_events_of_every_kind_are_described():
    let_in(1)
    messages = schema.asyncapi("synergy.example", secure=False)["components"]["messages"]
    assert {"note:note.add", "note:note.added"} <= set(messages)
    row = next(row for row in schema.table() if row["kind"].name == "note")
    assert row["commands"] == [
        {"name": "note.add", "fields": [{"name": "text", "type": "string", "required": True}]}
    ]


@pytest.mark.django_db(transaction=True)
async def test_true_frames_fit_their_schemas():
    ann = await sync_to_async(make_person)()
    stream = let_in(1, ann)
    fits({"op": "open", "stream": stream, "after": None}, "Open")
    fits({"op": "do", "id": str(uuid.uuid4()), "stream": stream, "name": "note.add", "data": {}}, "Do")
    async with client(ann) as one:
        fits(await one.open(stream), "Opened")
        fits(await one.do(stream, "hello"), "Done")
        fits(await one.do("note:2", "hello"), "RefusedFrame")
        fits(await one.next("events"), "Events")
        fits(await one.next("here"), "Here")
    with pytest.raises(jsonschema.ValidationError):
        fits({"op": "open"}, "Open")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["openapi", "asyncapi", "schemas", "reference", "docs"])
def test_the_pages_for_programs_need_a_sign_in(client, name):
    address = reverse(f"live:{name}")
    assert client.get(address).status_code in {302, 401, 403}
    client.force_login(make_person())
    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_openapi_holds_the_http_door(client):
    client.force_login(make_person())
    document = json.loads(client.get(reverse("live:openapi"), headers={"accept": "application/json"}).content)
    assert {"/api/streams/{stream}/commands/", "/api/streams/{stream}/events/"} <= set(document["paths"])
    for ref in refs(document):
        assert resolve(document, ref)
