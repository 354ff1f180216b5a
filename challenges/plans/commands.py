"""What the doors accept for a plan: name → shape, rule, action.

The rules here go by who one is; whether the plan and the item are as they should be is for the action to
say, under the lock: somebody else may have been faster, which is a `conflict` and not a lack of rights.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from django.utils.translation import gettext as _
from msgspec.structs import asdict

from challenges.plans import actions, shapes
from challenges.plans.models import Plan
from challenges.plans.rules import can_assign, can_talk, is_lead, is_member, is_school
from synergy.live.kinds import Call, Command
from synergy.people.models import Person


def _change_plan(call: Call) -> shapes.Changed:
    data: shapes.ChangePlan = call.data
    revision = actions.change_plan(person=call.person, plan=call.thing, now=call.at, **asdict(data))
    return shapes.Changed(revision, data.value)


def _change_item(call: Call) -> shapes.Changed:
    done = actions.change_item(person=call.person, plan=call.thing, now=call.at, **asdict(call.data))
    return shapes.Changed(*done)


def _add_item(call: Call) -> shapes.ItemAdded:
    item = actions.add_item(person=call.person, plan=call.thing, now=call.at, **asdict(call.data))
    return shapes.ItemAdded(item.pk, item.number)


def _open_room(call: Call) -> shapes.Opened:
    room = actions.open_item_room(person=call.person, plan=call.thing, item=call.data.item, now=call.at)
    return shapes.Opened(room.pk)


def _add_reading(call: Call) -> shapes.ReadingAdded:
    reading = actions.add_reading(person=call.person, plan=call.thing, now=call.at, **asdict(call.data))
    return shapes.ReadingAdded(reading.pk)


def _ask(call: Call) -> shapes.Asked:
    request = actions.ask_for_change(person=call.person, plan=call.thing, now=call.at, **asdict(call.data))
    return shapes.Asked(request.pk)


def _link(call: Call) -> shapes.Proven:
    evidence = actions.link_evidence(person=call.person, plan=call.thing, now=call.at, **asdict(call.data))
    return shapes.Proven(evidence.pk)


def _by(action: Callable[..., object]) -> Callable[[Call], None]:
    """Runs the action with the person, the plan, the time and the fields of the command."""

    def run(call: Call) -> None:
        action(person=call.person, plan=call.thing, now=call.at, **asdict(call.data))

    return run


def _may_change(person: Person, plan: Plan) -> bool:
    """The school names owners."""
    return is_member(person, plan) or is_school(person, plan)


def _may_stop(person: Person, plan: Plan) -> bool:
    return is_lead(person, plan) or is_school(person, plan)


def _may_hand_over(person: Person, plan: Plan) -> bool:
    return is_member(person, plan) or can_assign(person, plan)


def _not_member(person: Person, plan: Plan) -> str:
    return _("Only participants of the institution may do this.")


def _not_lead(person: Person, plan: Plan) -> str:
    return _("Co-ordinators and who owns the plan may do this.")


def _not_school(person: Person, plan: Plan) -> str:
    return _("Only facilitators and organisers may do this.")


def _not_talking(person: Person, plan: Plan) -> str:
    return _("Those of the cohort who take part talk here; others read.")


def _member(
    name: str,
    schema: type[msgspec.Struct],
    run: Callable[[Call], msgspec.Struct | None],
    *,
    alters: bool = False,
) -> Command:
    return Command(name, schema, is_member, run, _not_member, alters=alters)


def _lead(name: str, schema: type[msgspec.Struct], action: Callable[..., object]) -> Command:
    return Command(name, schema, is_lead, _by(action), _not_lead, alters=True)


def _school(name: str, schema: type[msgspec.Struct], action: Callable[..., object]) -> Command:
    return Command(name, schema, is_school, _by(action), _not_school, alters=True)


PLAN_COMMANDS: tuple[Command, ...] = (
    # The audience and the owner decide who may do what, so the plan is loaded again after a change.
    Command("plan.change", shapes.ChangePlan, _may_change, _change_plan, _not_member, alters=True),
    _school("plan.consult", shapes.Consult, actions.set_consultant),
    _lead("plan.propose", shapes.ProposePlan, actions.propose_plan),
    _lead("plan.withdraw", shapes.WithdrawPlan, actions.withdraw_plan),
    _school("plan.approve", shapes.ApprovePlan, actions.approve_plan),
    _school("plan.return", shapes.ReturnPlan, actions.return_plan),
    _lead("plan.finish", shapes.WithWhy, actions.finish_plan),
    Command("plan.stop", shapes.WithWhy, _may_stop, _by(actions.stop_plan), _not_lead, alters=True),
    Command(
        "plan.hand_over", shapes.HandOver, _may_hand_over, _by(actions.hand_over), _not_lead, alters=True
    ),
    _member("item.add", shapes.AddItem, _add_item),
    Command("item.change", shapes.ChangeItem, _may_change, _change_item, _not_member),
    _member("item.move", shapes.MoveItem, _by(actions.move_item)),
    _member("item.remove", shapes.RemoveItem, _by(actions.remove_item)),
    _member("item.restore", shapes.RemoveItem, _by(actions.restore_item)),
    _member("item.report", shapes.ReportItem, _by(actions.report_item)),
    Command("item.open_room", shapes.OpenItemRoom, can_talk, _open_room, _not_talking),
    _member("reading.add", shapes.AddReading, _add_reading),
    _member("reading.correct", shapes.CorrectReading, _by(actions.correct_reading)),
    _member("reading.remove", shapes.RemoveReading, _by(actions.remove_reading)),
    _member("request.ask", shapes.AskForChange, _ask),
    _school("request.answer", shapes.AnswerChangeRequest, actions.answer_request),
    _member("request.withdraw", shapes.WithdrawRequest, _by(actions.withdraw_request)),
    _member("evidence.link", shapes.LinkEvidence, _link),
    _member("evidence.assign", shapes.AssignEvidence, _by(actions.assign_evidence)),
    _member("evidence.remove", shapes.RemoveEvidence, _by(actions.remove_evidence)),
)
