"""Questions and answers of the HTTP API. The structs that the live doors send are its shapes, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Annotated, Any, Concatenate, ParamSpec, cast

import msgspec
from django.http import HttpResponse
from drf_spectacular.drainage import set_override
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from rest_framework import serializers
from rest_framework.request import Request

from rooms.queries import PAGE, PAGE_LIMIT
from synergy.live.frames import invalid, refused_frame
from synergy.live.refusals import STATUS, Refused
from synergy.live.schema import named_schemas

P = ParamSpec("P")
Number = Annotated[int, msgspec.Meta(ge=0, lt=2**53)]


class HistoryQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which piece of the history: one of `before`, `after`, `around` and `date`, or the newest messages.

    `thread` asks for a message and its replies instead, and goes with `after`. `date` is a day in the
    zone of the person.
    """

    before: Number | None = None
    after: Number | None = None
    around: Number | None = None
    date: date | None = None
    thread: Number | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=PAGE_LIMIT)] = PAGE

    def place(self) -> str | None:
        """The name of the one that is given. Raises Refused when there are several."""
        given = [name for name in ("before", "after", "around", "date") if getattr(self, name) is not None]
        if len(given) > 1 or (self.thread is not None and given not in ([], ["after"])):
            raise invalid(ValueError(f"Give one of them. - at `$.{given[-1]}`"))
        return given[0] if given else None


class UploadForm(serializers.Serializer[Any]):
    file = serializers.FileField()


def read_query(request: Request, shape: type[HistoryQuery]) -> HistoryQuery:
    """Raises Refused (`invalid`)."""
    try:
        return msgspec.convert(request.query_params.dict(), shape, strict=False)
    except msgspec.ValidationError as error:
        raise invalid(error) from None


def answer(
    value: msgspec.Struct, status: int = 200, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    return HttpResponse(
        msgspec.json.encode(value),
        content_type="application/json",
        status=status,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def answers_refusals(
    view: Callable[Concatenate[Request, P], HttpResponse],
) -> Callable[Concatenate[Request, P], HttpResponse]:
    """Makes a Refused the same body that the live doors send, with its status."""

    @wraps(view)
    def answering(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            return answer(refused_frame(refusal), STATUS[refusal.code], refusal.headers)

    return cast("Callable[Concatenate[Request, P], HttpResponse]", answering)


class StructExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Lets `extend_schema` take msgspec structs."""

    target_class = "msgspec.Struct"
    match_subclasses = True

    def get_name(self, auto_schema: AutoSchema, direction: str) -> str:
        # A struct is also met by its name alone, inside another one.
        set_override(self.target, "suppress_collision_warning", True)
        return str(self.target.__name__)

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        names, components = named_schemas(self.target)
        own: dict[str, Any] = components[names[self.target]]
        for name in _named_in(own, components):
            component = ResolvedComponent(  # type: ignore[no-untyped-call]
                name=name, type=ResolvedComponent.SCHEMA, object=name, schema=components[name]
            )
            auto_schema.registry.register_on_missing(component)
        return own


def _named_in(schema: object, components: Mapping[str, Any]) -> list[str]:
    """The names of all schemas that this one refers to, and those that they refer to."""
    found: dict[str, None] = {}
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            waiting += part.values()
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found[name] = None
                waiting.append(components[name])
    return list(found)
