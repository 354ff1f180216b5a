"""Running commands: many in one transaction.

This is what both doors and the writer share. Nothing here knows of sockets.

# Note [Savepoints when needed]

A command that is refused or fails must leave nothing behind, and the others of its batch all. A
savepoint around each would do, but two statements more per command are dear, most of all when the
database is another machine. So a batch runs without them first. If an action does not come to its
end, all is rolled back and the batch runs again, now with a savepoint for each command.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
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
from synergy.journal.rows import insert_rows
from synergy.live.frames import Done, invalid
from synergy.live.kinds import Call, Command, StreamKind, kind_named
from synergy.live.refusals import Refused
from synergy.tracing import traced

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
        try:
            return _in_one_transaction(requests, now, apart=len(requests) == 1)
        except _Unfinished:
            return _in_one_transaction(requests, now, apart=True)
    except DatabaseError as error:
        if len(requests) > 1:
            return [answer for request in requests for answer in execute([request], now)]
        with translation.override(requests[0].language):
            return [_after_an_error(error, requests[0], now)]


class _Unfinished(Exception):
    """A command without a savepoint did not come to its end, so nothing of its transaction may stay."""


def _after_an_error(error: DatabaseError, request: Request, now: datetime) -> Answer:
    if isinstance(error, DataError):
        return Refused("invalid", _("Something in this request is not as it should be."))
    if not isinstance(error, IntegrityError):
        raise error
    try:
        # Another process answered the same id, or made the same thing, a moment ago.
        return _in_one_transaction([request], now, apart=True)[0]
    except IntegrityError:
        logger.exception("command %s on %s breaks a constraint", request.command.name, request.stream)
        return Refused(
            "conflict", _("Somebody else changed this at the same moment. Look again and try again.")
        )


def _in_one_transaction(requests: Sequence[Request], now: datetime, *, apart: bool) -> list[Answer]:
    """`apart`: each with a savepoint. Without, raises _Unfinished when that would have been needed."""
    with transaction.atomic(), ledger() as book, translation.override(None):
        book.lock_existing({request.stream for request in requests})
        answers = _receipts(requests)
        things = _Things(requests)
        fresh: list[Receipt] = []
        results: list[Answer] = []
        for request in requests:
            key = (request.person.pk, request.id)
            answer = answers.get(key)
            if answer is None:
                translation.activate(request.language)
                with traced(str(request.id)):
                    answer = _run(request, things, book, now, apart=apart)
                if isinstance(answer, Done):
                    answers[key] = answer
                    fresh.append(_receipt(request, answer, now))
            results.append(answer)
        if fresh:
            insert_rows(fresh)
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


def _run(request: Request, things: _Things, book: Ledger, now: datetime, *, apart: bool) -> Answer:
    mark = book.mark()
    try:
        thing = _admit(request, things)
        with transaction.atomic() if apart else _all_or_nothing():
            data = request.command.run(Call(request.person, thing, request.data, now, request.id))
    except Refused as refusal:
        book.rewind(mark)
        return refusal
    except (DatabaseError, _Unfinished):
        raise
    except Exception:
        logger.exception("command %s on %s failed", request.command.name, request.stream)
        book.rewind(mark)
        detail = _("This did not work, and it is our fault. Your text is kept. Try again later.")
        return Refused("busy", detail, retry_after=5)
    if request.command.alters:
        things.forget(request.stream)
    return Done(id=request.id, stream=str(request.stream), seq=book.head(request.stream), data=data)


def _admit(request: Request, things: _Things) -> Any:
    """The command's thing. Raises Refused when it is not the person's to do this with."""
    thing = things.of(request)
    if thing is None:
        raise Refused("not_found", _("There is nothing here with this address, or you may not see it."))
    command = request.command
    if not command.may(request.person, thing):
        why = command.denied(request.person, thing) if command.denied else _("You may not do this here.")
        raise Refused("forbidden", why)
    return thing


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """See the Note [Savepoints when needed]."""
    try:
        yield
    except DatabaseError:
        raise
    except Exception as error:
        raise _Unfinished from error


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
