"""What happens to a plan: one function for each thing that can be done."""

from challenges.plans.actions.begin import begin_plan, plan_from_challenge, plan_from_topic
from challenges.plans.actions.evidence import (
    assign_evidence,
    attach_evidence,
    link_evidence,
    remove_evidence,
)
from challenges.plans.actions.handing import hand_over
from challenges.plans.actions.reporting import add_reading, correct_reading, remove_reading, report_item
from challenges.plans.actions.requests import answer_request, ask_for_change, withdraw_request
from challenges.plans.actions.rooms import open_item_room
from challenges.plans.actions.steps import (
    approve_plan,
    finish_plan,
    missing_in,
    propose_plan,
    return_plan,
    stop_plan,
    withdraw_plan,
)
from challenges.plans.actions.tree import add_item, move_item, remove_item, restore_item
from challenges.plans.actions.writing import change_item, change_plan, set_consultant

__all__ = [
    "add_item",
    "add_reading",
    "answer_request",
    "approve_plan",
    "ask_for_change",
    "assign_evidence",
    "attach_evidence",
    "begin_plan",
    "change_item",
    "change_plan",
    "correct_reading",
    "finish_plan",
    "hand_over",
    "link_evidence",
    "missing_in",
    "move_item",
    "open_item_room",
    "plan_from_challenge",
    "plan_from_topic",
    "propose_plan",
    "remove_evidence",
    "remove_item",
    "remove_reading",
    "report_item",
    "restore_item",
    "return_plan",
    "set_consultant",
    "stop_plan",
    "withdraw_plan",
    "withdraw_request",
]
