"""What is kept of a person, for that person: one ZIP with `data.json` and their files.

Each app registers its `Rows` from its `AppConfig.ready`. A test walks every foreign key to `Person`: a new
one is told here, or stands with its reason among what is left out.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import FileField, Model, Q

from synergy.people.models import Person

FORMAT = "synergy-own-data/1"
Teller = Callable[[Person], Iterable[dict[str, Any]]]


@dataclass(frozen=True)
class Rows:
    """The rows of one model that lead to a person. They stand in `data.json` under the model's label."""

    model: type[Model]
    own: tuple[str, ...]
    """The foreign keys to the person. Those that hold are named in the row's `you_are`."""
    fields: tuple[str, ...]
    """What is told of a row; `a__b` is the field `b` of what `a` leads to. Never a secret, never others' names."""
    files: tuple[str, ...] = ()
    """Fields with files, which are put into the ZIP."""


_rows: list[Rows] = []
_tellers: dict[str, Teller] = {}


def register(*rows: Rows) -> None:
    """Called from the owner's `AppConfig.ready`."""
    _rows.extend(rows)


def register_teller(name: str, teller: Teller) -> None:
    """For what no foreign key leads to: `teller` gives the rows that stand under `name`."""
    _tellers[name] = teller


def all_rows() -> tuple[Rows, ...]:
    return tuple(_rows)


def data_of(person: Person, now: datetime) -> dict[str, Any]:
    """{"format", "made_at", "person", "data": {model or name: [row, …]}}; kinds without rows are there, too."""
    told = {rows.model._meta.label: list(_told(rows, person)) for rows in _rows}
    told |= {name: list(teller(person)) for name, teller in _tellers.items()}
    return {
        "format": FORMAT,
        "made_at": now,
        "person": {
            "id": person.pk,
            "name": person.name,
            "email": person.email,
            "language": person.language,
            "time_zone": person.time_zone,
            "picture": person.picture.name,
            "joined_at": person.joined_at,
            "last_login": person.last_login,
            "seen_at": person.seen_at,
            "left_at": person.left_at,
            "is_active": person.is_active,
            "has_password": person.has_usable_password(),
        },
        "data": told,
    }


def write_zip(person: Person, to: IO[bytes], now: datetime) -> None:
    """Writes `data.json` and the person's files, `files/…` as they are named in it. A lost file is left out."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(data_of(person, now), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr("data.json", text)
        for field, name in _files_of(person):
            if field.storage.exists(name):
                with field.storage.open(name) as source, archive.open(f"files/{name}", "w") as target:
                    for chunk in source.chunks():
                        target.write(chunk)


def _rows_of(rows: Rows, person: Person) -> Any:
    mine = Q()
    for key in rows.own:
        mine |= Q(**{key: person})
    return rows.model._default_manager.filter(mine).order_by("pk")


def _told(rows: Rows, person: Person) -> Iterator[dict[str, Any]]:
    for row in _rows_of(rows, person).values("pk", *rows.own, *rows.fields, *rows.files):
        you_are = [key for key in rows.own if row.pop(key) == person.pk]
        told = {"id": row.pop("pk")} | {key.replace("__", "."): value for key, value in row.items()}
        yield told | {"you_are": you_are}


def _files_of(person: Person) -> Iterator[tuple[FileField, str]]:
    if person.picture:
        yield _file_field(Person, "picture"), str(person.picture.name)
    for rows in _rows:
        for name in rows.files:
            for path in _rows_of(rows, person).values_list(name, flat=True):
                if path:
                    yield _file_field(rows.model, name), path


def _file_field(model: type[Model], name: str) -> FileField:
    field = model._meta.get_field(name)
    assert isinstance(field, FileField)
    return field


def edited_by(model: type[Model], *names: str) -> Teller:
    """Tells the fields of a model with `editors`, {field: id of a person}, that the person wrote last."""

    def teller(person: Person) -> Iterator[dict[str, Any]]:
        rows = model._default_manager.exclude(editors={}).order_by("pk")
        for pk, editors in rows.values_list("pk", "editors").iterator():
            mine = [field for field, editor in editors.items() if editor == person.pk]
            if mine:
                row = model._default_manager.get(pk=pk)
                about = {name: getattr(row, name) for name in names}
                yield {"id": pk, **about, "you_wrote": {field: _plain(row, field) for field in mine}}

    return teller


def _plain(row: Model, field: str) -> Any:
    value = getattr(row, field, None)
    return value.pk if isinstance(value, Model) else value
