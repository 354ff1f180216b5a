"""Running commands: many in one transaction, each in its own savepoint.

This is what both doors and the writer share. Nothing here knows of sockets.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import DatabaseError, DataError, IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from synergy.journal.facts import StreamId
from synergy.journal.log import Ledger, ledger
from synergy.journal.models import Receipt
from synergy.live.frames import Done, invalid
from synergy.live.kinds import Call, Command, StreamKind, kind_named
from synergy.live.refusals import Refused

logger = logging.getLogger(__name__)
Answer = Done | Refused


@dataclass(frozen=True)
class Request:
    """A command that passed the table: `data` is its struct. `language` is that of the person."""

    person: Any
    id: UUID
    stream: StreamId
    kind: StreamKind
    command: Command
    data: msgspec.Struct
    language: str


def request_for(person: Any, command_id: UUID, stream: str, name: str, data: bytes, language: str) -> Request:
    """Looks the command up and reads its data.

    Raises Refused: `not_found`, `unknown_command` or `invalid`.
    """
    target = stream_id(stream)
    kind = kind_named(target.kind)
    if kind is None:
        raise Refused("not_found", _("There is nothing here with this address."))
    command = kind.command_table.get(name)
    if command is None:
        raise Refused("unknown_command", _("The server does not know this command."))
    try:
        value = msgspec.json.decode(data, type=command.schema)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise invalid(error) from None
    return Request(person, command_id, target, kind, command, value, language)


def stream_id(text: str) -> StreamId:
    """Raises Refused when `text` names no stream."""
    try:
        return StreamId.parse(text)
    except ValueError:
        raise Refused("not_found", _("There is nothing here with this address.")) from None


def execute(requests: Sequence[Request], now: datetime) -> list[Answer]:
    """Runs the commands in order, with one commit for all, and returns an answer to each.

    When the transaction as a whole fails (a deadlock, the same id from two processes), each
    command is tried by itself, so that one cannot spoil the others.
    """
    try:
        return _in_one_transaction(requests, now)
    except DatabaseError as error:
        if len(requests) > 1:
            return [answer for request in requests for answer in execute([request], now)]
        if isinstance(error, IntegrityError):
            return _after_a_race(requests[0], now)
        if isinstance(error, DataError):
            return [Refused("invalid", _("Something in this request is not as it should be."))]
        raise


def _after_a_race(request: Request, now: datetime) -> list[Answer]:
    """Another process answered the same id, or made the same thing, a moment ago."""
    try:
        return _in_one_transaction([request], now)
    except IntegrityError:
        logger.exception("command %s on %s breaks a constraint", request.command.name, request.stream)
        return [
            Refused("conflict", _("Somebody else changed this at the same moment. Look again and try again."))
        ]


def _in_one_transaction(requests: Sequence[Request], now: datetime) -> list[Answer]:
    with transaction.atomic(), ledger() as book:
        book.lock_existing({request.stream for request in requests})
        answers = _receipts(requests)
        things = _Things(requests)
        fresh: list[Receipt] = []
        results: list[Answer] = []
        for request in requests:
            key = (request.person.pk, request.id)
            answer = answers.get(key)
            if answer is None:
                answer = _run(request, things, book, now)
                if isinstance(answer, Done):
                    answers[key] = answer
                    fresh.append(_receipt(request, answer, now))
            results.append(answer)
        if fresh:
            Receipt.objects.bulk_create(fresh)
    return results


class _Things:
    """The things of one batch, loaded through their persons: one query for all who write to a stream."""

    def __init__(self, requests: Sequence[Request]) -> None:
        self._persons: dict[StreamId, dict[int, Any]] = {}
        for request in requests:
            self._persons.setdefault(request.stream, {})[request.person.pk] = request.person
        self._found: dict[StreamId, Mapping[int, Any]] = {}

    def of(self, request: Request) -> Any | None:
        find_each = request.kind.find_each
        if find_each is None:
            return request.kind.find(request.person, request.stream.key)
        if request.stream not in self._found:
            persons = list(self._persons[request.stream].values())
            self._found[request.stream] = find_each(persons, request.stream.key)
        return self._found[request.stream].get(request.person.pk)

    def forget(self, stream: StreamId) -> None:
        self._found.pop(stream, None)


def _run(request: Request, things: _Things, book: Ledger, now: datetime) -> Answer:
    mark = book.mark()
    try:
        with translation.override(request.language), transaction.atomic():
            return _act(request, things, book, now)
    except Refused as refusal:
        book.rewind(mark)
        return refusal
    except DatabaseError:
        raise
    except Exception:
        logger.exception("command %s on %s failed", request.command.name, request.stream)
        book.rewind(mark)
        with translation.override(request.language):
            detail = _("This did not work, and it is our fault. Your text is kept. Try again later.")
        return Refused("busy", detail, retry_after=5)


def _act(request: Request, things: _Things, book: Ledger, now: datetime) -> Done:
    thing = things.of(request)
    if thing is None:
        raise Refused("not_found", _("There is nothing here with this address, or you may not see it."))
    command = request.command
    if not command.may(request.person, thing):
        why = command.denied(request.person, thing) if command.denied else _("You may not do this here.")
        raise Refused("forbidden", why)
    data = command.run(Call(request.person, thing, request.data, now, request.id))
    if command.alters:
        things.forget(request.stream)
    return Done(id=request.id, stream=str(request.stream), seq=book.head(request.stream), data=data)


def _receipts(requests: Sequence[Request]) -> dict[tuple[int, UUID], Answer]:
    """The answers given earlier to the same ids by the same persons."""
    wanted = {(request.person.pk, request.id) for request in requests}
    found = Receipt.objects.filter(
        command_id__in={command for _person, command in wanted}, by__in={person for person, _id in wanted}
    )
    return {
        (receipt.by, receipt.command_id): Done(
            id=receipt.command_id,
            stream=receipt.stream,
            seq=receipt.seq,
            data=msgspec.Raw(receipt.body.encode()),
        )
        for receipt in found
        if (receipt.by, receipt.command_id) in wanted
    }


def _receipt(request: Request, done: Done, now: datetime) -> Receipt:
    return Receipt(
        by=request.person.pk,
        command_id=request.id,
        at=now,
        stream=done.stream,
        name=request.command.name,
        seq=done.seq,
        body=msgspec.json.encode(done.data).decode(),
    )
