"""Documents made from the structs: AsyncAPI for both doors, and the HTTP door's part of OpenAPI."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from synergy.live import frames, http
from synergy.live.kinds import StreamKind, all_kinds
from synergy.live.refusals import STATUS

REF = "#/components/schemas/{name}"
Document = dict[str, Any]


def asyncapi(host: str, *, secure: bool) -> Document:
    """The live protocol as AsyncAPI 3.0: every frame, and each stream kind's commands, events and signals."""
    messages = {**_frame_messages(), **_kind_messages()}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Synergy live protocol", "version": str(frames.VERSION)},
        "servers": {"site": {"host": host, "pathname": "/ws/live/", "protocol": "wss" if secure else "ws"}},
        "channels": {
            "live": {
                "address": "/ws/live/",
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
            }
        },
        "operations": {
            "toServer": _operation("receive", (frame.__name__ for frame in frames.CLIENT_FRAMES)),
            "toClient": _operation("send", (frame.__name__ for frame in frames.SERVER_FRAMES)),
        },
        "components": {"messages": messages, "schemas": json_schemas()},
    }


def json_schemas() -> Document:
    """JSON Schema 2020-12 of every frame, body, command and fact, by the name of its struct.

    Where two structs share a name, each goes by its full one, with its module.
    """
    return dict(sorted(named_schemas()[1].items()))


def named_schemas(*more: type[msgspec.Struct]) -> tuple[dict[type[msgspec.Struct], str], Document]:
    """({struct: its name}, {name: its schema}) of all that the doors say, and of `more`."""
    types: list[type[msgspec.Struct]] = [
        *frames.CLIENT_FRAMES,
        *frames.SERVER_FRAMES,
        http.CommandBody,
        http.EventsAnswer,
        http.StateAnswer,
    ]
    for kind in all_kinds():
        types += [command.schema for command in kind.commands]
        types += kind.events
    unique = list(dict.fromkeys([*types, *more]))
    references, components = msgspec.json.schema_components(unique, ref_template=REF)
    names = [str(reference["$ref"]).rpartition("/")[2] for reference in references]
    return dict(zip(unique, names, strict=True)), components


def table() -> list[Document]:
    """What there is to say in each kind of stream, for people: commands and events with their fields."""
    names, schemas = named_schemas()
    return [
        {
            "kind": kind,
            "commands": [
                {"name": command.name, "fields": _fields(schemas[names[command.schema]])}
                for command in kind.commands
            ],
            "events": [
                {
                    "name": fact.name,
                    "doc": schemas[names[fact]].get("description", ""),
                    "fields": _fields(schemas[names[fact]]),
                }
                for fact in kind.events
            ],
        }
        for kind in all_kinds()
    ]


def add_summaries(result: Document, **_more: Any) -> Document:
    """The first sentence of what is said of an operation stands beside its address."""
    for operation in (each for methods in result["paths"].values() for each in methods.values()):
        if said := operation.get("description", ""):
            operation.setdefault(
                "summary", " ".join(said.split("\n\n")[0].split()).partition(". ")[0].rstrip(".")
            )
    return result


def add_live_door(result: Document, generator: Any, request: Any, public: Any) -> Document:
    """A hook of drf-spectacular: the HTTP door is no Django view, so its paths are added here."""
    result["paths"].update(_paths())
    result.setdefault("components", {}).setdefault("schemas", {}).update(json_schemas())
    return result


def _operation(action: str, names: Iterable[str]) -> Document:
    return {
        "action": action,
        "channel": {"$ref": "#/channels/live"},
        "messages": [{"$ref": f"#/channels/live/messages/{name}"} for name in names],
    }


def _frame_messages() -> Document:
    return {
        frame.__name__: {"payload": {"$ref": REF.format(name=frame.__name__)}}
        for frame in (*frames.CLIENT_FRAMES, *frames.SERVER_FRAMES)
    }


def _kind_messages() -> Document:
    messages: Document = {}
    names, _schemas = named_schemas()
    for kind in all_kinds():
        for command in kind.commands:
            messages[f"{kind.name}:{command.name}"] = _message(
                "Do", kind, command.name, names[command.schema]
            )
        for fact in kind.events:
            messages[f"{kind.name}:{fact.name}"] = _message("EventObject", kind, fact.name, names[fact])
    return messages


def _message(frame: str, kind: StreamKind, name: str, data: str) -> Document:
    """A frame whose `name` is fixed and whose `data` has the shape named `data`."""
    fixed = {"properties": {"name": {"const": name}, "data": {"$ref": REF.format(name=data)}}}
    return {
        "name": name,
        "tags": [{"name": kind.name}],
        "payload": {"allOf": [{"$ref": REF.format(name=frame)}, fixed]},
    }


def _fields(schema: Document) -> list[Document]:
    required = set(schema.get("required", ()))
    return [
        {"name": name, "type": _type_name(value), "required": name in required}
        for name, value in schema.get("properties", {}).items()
    ]


def _type_name(schema: Document) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_type_name(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " or ".join(str(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type_name(schema.get('items', {}))}"
    return str(schema.get("type", "anything"))


def _paths() -> Document:
    stream = {
        "name": "stream",
        "in": "path",
        "required": True,
        "description": "kind:number, as in room:7",
        "schema": {"type": "string", "pattern": "^[a-z_]+:[0-9]+$", "maxLength": 41},
    }
    refusals = {
        str(status): _json("Refused: nothing was changed", "RefusedFrame")
        for status in sorted({401, 405, *STATUS.values()})
    }
    return {
        "/api/streams/{stream}/commands/": {
            "post": {
                "operationId": "streams_commands",
                "description": "Runs one command. The same id gets the same answer again.",
                "tags": ["streams"],
                "parameters": [stream],
                "requestBody": {"required": True, **_content("CommandBody")},
                "responses": {"200": _json("Committed", "Done"), **refusals},
            }
        },
        "/api/streams/{stream}/events/": {
            "get": {
                "operationId": "streams_events",
                "description": "The events after a number; with `wait` it waits for the next one.",
                "tags": ["streams"],
                "parameters": [stream, *_query_parameters()],
                "responses": {"200": _json("Events in order", "EventsAnswer"), **refusals},
            }
        },
        "/api/streams/{stream}/state/": {
            "get": {
                "operationId": "streams_state",
                "description": "The fresh state, with the number that it is true for.",
                "tags": ["streams"],
                "parameters": [stream],
                "responses": {"200": _json("State", "StateAnswer"), **refusals},
            }
        },
    }


def _query_parameters() -> list[Document]:
    (_ref,), components = msgspec.json.schema_components([http.EventsQuery], ref_template=REF)
    properties = components["EventsQuery"]["properties"]
    return [
        {"name": name, "in": "query", "required": False, "schema": schema}
        for name, schema in properties.items()
    ]


def _content(name: str) -> Document:
    return {"content": {"application/json": {"schema": {"$ref": REF.format(name=name)}}}}


def _json(description: str, name: str) -> Document:
    return {"description": description, **_content(name)}
