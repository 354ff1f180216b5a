"""What is done to the report of a topic."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from django.utils.translation import gettext as _
from msgspec import Meta

from sessions.openspace.actions import reports
from sessions.openspace.commands.acting import Data
from sessions.openspace.models import Topic
from sessions.openspace.rules import can_confirm_report, can_edit_report, why_not_take_part
from synergy.live.kinds import Call, Command
from synergy.people.models import Person

Field = Literal["summary", "recommendations", "resources", "requests", "next_steps", "participants"]
Revision = Annotated[int, Meta(ge=0, lt=2**53)]


class BeginReport(Data, frozen=True):
    """A draft from the topic's notes, with those who were there. One that is begun stays as it is."""


class ChangeReport(Data, frozen=True):
    """`value`: a Markdown text; for `next_steps` a list of {what, who, when}; for `participants` a list of ids.

    `base`: the revision of the field that one has seen, 0 when it was never changed.
    """

    field: Field
    value: Any
    base: Revision


class ConfirmReport(Data, frozen=True):
    pass


class ReopenReport(Data, frozen=True):
    pass


class Changed(msgspec.Struct, frozen=True):
    """The answer to `report.change`: the revision of the field now."""

    revision: int


def _begin(call: Call) -> None:
    reports.begin_report(person=call.person, topic=call.thing, now=call.at)


def _change(call: Call) -> Changed:
    data: ChangeReport = call.data
    revision = reports.change_report(
        person=call.person,
        topic=call.thing,
        field=data.field,
        value=data.value,
        base=data.base,
        now=call.at,
    )
    return Changed(revision)


def _confirm(call: Call) -> None:
    reports.confirm_report(person=call.person, topic=call.thing, now=call.at)


def _reopen(call: Call) -> None:
    reports.reopen_report(person=call.person, topic=call.thing, now=call.at)


def _denied(person: Person, topic: Topic) -> str:
    not_convener = _("Only who convenes this topic confirms its report or opens it again.")
    return why_not_take_part(person, topic.gathering) or not_convener


REPORT_COMMANDS: tuple[Command, ...] = (
    Command("report.begin", BeginReport, can_edit_report, _begin, _denied),
    Command("report.change", ChangeReport, can_edit_report, _change, _denied),
    Command("report.confirm", ConfirmReport, can_confirm_report, _confirm, _denied),
    Command("report.reopen", ReopenReport, can_confirm_report, _reopen, _denied),
)
