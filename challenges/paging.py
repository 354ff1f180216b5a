"""Lists for programs, page by page: in the order of the last change, so that nothing is missed meanwhile.

What changes while a program reads comes once more at the end. A page says where the next one begins.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import msgspec
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from synergy.live.frames import invalid
from synergy.live.limits import FRAME_BYTES
from synergy.live.refusals import Refused

PAGE, PAGE_LIMIT = 50, 200

Row = TypeVar("Row", bound=Model)
Shape = TypeVar("Shape", bound=msgspec.Struct)
Number = Annotated[int, msgspec.Meta(ge=0, lt=2**53)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class PageQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`since`: what changed at that moment or later; `after`: the `next` of the page before."""

    cohort: Number | None = None
    state: Annotated[str, msgspec.Meta(max_length=20, pattern="^[a-z_]+$")] | None = None
    since: Moment | None = None
    after: Annotated[str, msgspec.Meta(max_length=100)] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=PAGE_LIMIT)] = PAGE


PAGE_PARAMETERS = [
    OpenApiParameter("cohort", int, description="Those of this cohort."),
    OpenApiParameter("state", str, description="Those in this state."),
    OpenApiParameter("since", OpenApiTypes.DATETIME, description="Those changed at that moment or later."),
    OpenApiParameter("after", str, description="The `next` of the page before."),
    OpenApiParameter("limit", int, description=f"How many, up to {PAGE_LIMIT}."),
]


def read_query(request: Request, shape: type[Shape]) -> Shape:
    """Raises Refused (`invalid`)."""
    try:
        return msgspec.convert(request.query_params.dict(), shape, strict=False)
    except msgspec.ValidationError as error:
        raise invalid(error) from None


def read_body(request: Request, shape: type[Shape]) -> Shape:
    """Raises Refused: `malformed`, `too_large` or `invalid`."""
    if (request.content_type or "").partition(";")[0].strip() != "application/json":
        raise Refused("malformed", _("Send JSON, with Content-Type: application/json."))
    body = request._request.body
    if len(body) > FRAME_BYTES:
        raise Refused("too_large", _("This is too long."))
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise invalid(error) from None


def page_of(rows: QuerySet[Row], query: PageQuery, cohort: str = "cohort") -> tuple[list[Row], str | None]:
    """The rows of the page, and where the next one begins; None on the last. Raises Refused (`invalid`).

    `cohort`: what leads from a row to its cohort.
    """
    if query.cohort is not None:
        rows = rows.filter(**{cohort: query.cohort})
    if query.state is not None:
        rows = rows.filter(state=query.state)
    if query.since is not None:
        rows = rows.filter(changed_at__gte=_in_utc(query.since, "since"))
    if query.after is not None:
        moment, pk = _place(query.after)
        rows = rows.filter(Q(changed_at__gt=moment) | Q(changed_at=moment, pk__gt=pk))
    found = list(rows.order_by("changed_at", "pk")[: query.limit + 1])
    shown = found[: query.limit]
    return shown, _cursor(shown[-1]) if len(found) > len(shown) else None


def _cursor(row: Any) -> str:
    return urlsafe_b64encode(f"{row.changed_at.isoformat()} {row.pk}".encode()).decode()


def _place(cursor: str) -> tuple[datetime, int]:
    try:
        moment, pk = urlsafe_b64decode(cursor.encode("ascii")).decode("ascii").split(" ")
        when, key = datetime.fromisoformat(moment), int(pk)
    except ValueError:
        raise _wrong("after") from None
    if when.tzinfo is None or not 0 <= key < 2**63:
        raise _wrong("after")
    return _in_utc(when, "after"), key


def _in_utc(moment: datetime, field: str) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise _wrong(field) from None


def _wrong(field: str) -> Refused:
    detail = _("Something in this request is not as it should be.")
    return Refused("invalid", detail, fields={field: detail})
