"""What the doors accept for a plan's reporting and for a report: name → shape, rule, action.

The rules here go by who one is; states are for the actions to look at, under the lock.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from django.utils.translation import gettext as _
from msgspec.structs import asdict

from challenges.plans.models import Plan, Report
from challenges.plans.reporting import actions, shapes
from challenges.plans.reporting.rules import can_take_stock, can_tick_off, can_write, is_near
from challenges.plans.rules import is_school
from challenges.plans.shapes import Changed
from synergy.live.kinds import Call, Command
from synergy.people.models import Person


def _of_plan(action: Callable[..., object]) -> Callable[[Call], None]:
    def run(call: Call) -> None:
        action(person=call.person, plan=call.thing, now=call.at, **asdict(call.data))

    return run


def _of_report(action: Callable[..., object]) -> Callable[[Call], None]:
    def run(call: Call) -> None:
        action(person=call.person, report=call.thing, now=call.at, **asdict(call.data))

    return run


def _add_period(call: Call) -> shapes.PeriodAdded:
    row = actions.add_period(person=call.person, plan=call.thing, now=call.at, **asdict(call.data))
    return shapes.PeriodAdded(row.pk)


def _begin(call: Call) -> shapes.ReportBegun:
    row = actions.begin_report(person=call.person, plan=call.thing, now=call.at, **asdict(call.data))
    return shapes.ReportBegun(row.pk)


def _hold(call: Call) -> shapes.Held:
    data: shapes.HoldStocktake = call.data
    row = actions.hold_stocktake(
        person=call.person, plan=call.thing, note=data.note, decisions=data.decisions, now=call.at
    )
    return shapes.Held(row.pk)


def _decide(call: Call) -> shapes.Decided:
    row = actions.add_decision(person=call.person, plan=call.thing, now=call.at, **asdict(call.data))
    return shapes.Decided(row.pk)


def _change_report(call: Call) -> Changed:
    return Changed(
        *actions.change_report(person=call.person, report=call.thing, now=call.at, **asdict(call.data))
    )


def _change_entry(call: Call) -> Changed:
    return Changed(
        *actions.change_entry(person=call.person, report=call.thing, now=call.at, **asdict(call.data))
    )


def _not_school(person: Person, thing: object) -> str:
    return _("Only facilitators and organisers may do this.")


def _not_taking(person: Person, plan: Plan) -> str:
    return _("The school and the consultant of the plan hold stocktakes.")


def _not_near(person: Person, plan: Plan) -> str:
    return _("You may not do this here.")


def _not_writing(person: Person, report: Report) -> str:
    return _("Only those whose report it is may write in it.")


def _near(person: Person, thing: Plan | Report) -> bool:
    """Which voice it is, and so whose, the action looks at."""
    return is_near(person, thing.plan if isinstance(thing, Report) else thing)


def _school(name: str, schema: type[msgspec.Struct], action: Callable[..., object]) -> Command:
    return Command(name, schema, is_school, _of_plan(action), _not_school)


def _step(name: str, schema: type[msgspec.Struct], action: Callable[..., object]) -> Command:
    return Command(name, schema, _near, _of_report(action), _not_near, alters=True)


REPORTING_COMMANDS: tuple[Command, ...] = (
    Command("period.add", shapes.AddPeriod, is_school, _add_period, _not_school),
    _school("period.close", shapes.ClosePeriod, actions.close_period),
    _school("period.reopen", shapes.ReopenPeriod, actions.reopen_period),
    _school("period.remove", shapes.OnePeriod, actions.remove_period),
    Command("report.begin", shapes.BeginReport, _near, _begin, _not_near),
    Command("stocktake.hold", shapes.HoldStocktake, can_take_stock, _hold, _not_taking),
    Command("decision.add", shapes.AddDecision, can_take_stock, _decide, _not_taking),
    Command("decision.tick", shapes.TickDecision, can_tick_off, _of_plan(actions.tick_decision), _not_near),
)
REPORT_COMMANDS: tuple[Command, ...] = (
    Command("report.change", shapes.ChangeReport, can_write, _change_report, _not_writing),
    Command("entry.change", shapes.ChangeEntry, can_write, _change_entry, _not_writing),
    Command("entries.add", shapes.Nothing, can_write, _of_report(actions.add_entries), _not_writing),
    _step("report.submit", shapes.SubmitReport, actions.submit_report),
    _step("report.withdraw", shapes.Nothing, actions.withdraw_report),
    _step("report.return", shapes.ReturnReport, actions.return_report),
    _step("report.approve", shapes.ApproveReport, actions.approve_report),
)
