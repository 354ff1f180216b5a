"""Rooms over plain HTTP: what is too long or too large for the live doors."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view, parser_classes
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from rooms import queries
from rooms.actions import add_attachment
from rooms.actions.permission import require
from rooms.cards import file_card
from rooms.events import Directory, FileCard, MessagePage, RoomList, VersionCard, VersionList
from rooms.models import Message, Room
from rooms.rules import can_post
from rooms.serializers import HistoryQuery, UploadForm, answer, answers_refusals, read_query
from rooms.uploads import check_size, refused_file
from synergy.journal import log
from synergy.live.frames import RefusedFrame
from synergy.live.refusals import Refused
from synergy.people.models import Person
from synergy.people.zones import zone_or_utc

BODY_MARGIN = 64 * 1024
"""Bytes of a multipart body beside the file."""


def _responses(success: dict[int, Any], *refusals: int) -> dict[int, Any]:
    return success | dict.fromkeys((403, *refusals), RefusedFrame)


def _parameter(name: str, type_: Any, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, type_, OpenApiParameter.QUERY, description=description)


@extend_schema(operation_id="rooms_list", responses=_responses({200: RoomList}))
@api_view(["GET"])
@answers_refusals
def rooms(request: Request) -> HttpResponse:
    """The rooms of one's cohorts, with what is unread."""
    return answer(RoomList(rooms=queries.rooms_for(_person(request))))


@extend_schema(operation_id="rooms_people", responses=_responses({200: Directory}, 404))
@api_view(["GET"])
@answers_refusals
def people(request: Request, pk: int) -> HttpResponse:
    """Who is or was in the room's cohort."""
    return answer(Directory(people=queries.people_in(_room(request, pk))))


@extend_schema(
    operation_id="rooms_messages",
    parameters=[
        _parameter("before", int, "The messages before this number."),
        _parameter("after", int, "The messages after this number."),
        _parameter("around", int, "The messages on both sides of this number."),
        _parameter("date", OpenApiTypes.DATE, "The messages from this day on, in your time zone."),
        _parameter("thread", int, "This message and its replies; goes with `after`."),
        _parameter("limit", int, f"How many, up to {queries.PAGE_LIMIT}."),
    ],
    responses=_responses({200: MessagePage}, 400, 404),
)
@api_view(["GET"])
@answers_refusals
def messages(request: Request, pk: int) -> HttpResponse:
    """A piece of a room's history, oldest first: the newest messages, or those at a given place."""
    query = read_query(request, HistoryQuery)
    room = _room(request, pk)
    with log.snapshot():
        return answer(_page(_person(request), room, query))


@extend_schema(operation_id="rooms_message_versions", responses=_responses({200: VersionList}, 404))
@api_view(["GET"])
@answers_refusals
def versions(request: Request, pk: int, seq: int) -> HttpResponse:
    """What a message said before its edits, oldest first."""
    message = _message(_room(request, pk), seq)
    return answer(
        VersionList(
            versions=[
                VersionCard(text=row.text, doc=row.doc, lang=row.lang, until=row.until)
                for row in queries.versions_of(message)
            ]
        )
    )


@answers_refusals
def _upload(request: Request, pk: int) -> HttpResponse:
    """Keeps a picture or file for a message that is yet to be posted; its `id` goes into `files` of `message.post`."""
    person, room = _person(request), _room(request, pk)
    require(can_post(person, room), person, room)
    check_size(max(_declared_size(request) - BODY_MARGIN, 1))
    file = request.FILES.get("file")
    if file is None:
        raise refused_file(_("Choose a file."))
    check_size(file.size or 0)
    attachment = add_attachment(
        person=person, room=room, name=file.name or "", content=file.read(), now=timezone.now()
    )
    return answer(file_card(attachment), 201)


upload = extend_schema(
    operation_id="rooms_upload",
    request={"multipart/form-data": UploadForm},
    responses=_responses({201: FileCard}, 400, 404, 413, 429),
)(api_view(["POST"])(parser_classes([MultiPartParser])(_upload)))
page_upload = extend_schema(exclude=True)(api_view(["POST"])(parser_classes([MultiPartParser])(_upload)))
"""The same at the address that the page of a room uses."""


def _page(person: Person, room: Room, query: HistoryQuery) -> MessagePage:
    place = query.place()
    if query.thread is not None:
        message = _message(room, query.thread)
        return queries.page_of_thread(room, message.root or message, query.after, query.limit)
    if place == "after":
        return queries.page_after(room, query.after or 0, query.limit)
    if place == "around":
        return queries.page_around(room, query.around or 0, query.limit)
    if query.date is not None:
        return queries.page_of_day(room, query.date, zone_or_utc(person.time_zone), query.limit)
    return queries.page_before(room, query.before, query.limit)


def _person(request: Request) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def _room(request: Request, pk: int) -> Room:
    room = queries.room_for(_person(request), pk)
    if room is None:
        raise Refused("not_found", _("There is nothing here with this address, or you may not see it."))
    return room


def _message(room: Room, seq: int) -> Message:
    message = queries.message_in(room, seq)
    if message is None:
        raise Refused("not_found", _("There is no such message in this room."))
    return message


def _declared_size(request: Request) -> int:
    """Looked at before the body is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0
