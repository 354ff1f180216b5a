"""The forms on the pages of a plan and its items: what each does, in words, before it was done and after."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from synergy.live.refusals import Refused
from synergy.live.refused_forms import RefusedForm, refused_form


@dataclass(frozen=True)
class Form:
    """`title`: what is not saved when it is refused; `done`: what is said when it is. `fields`: those that show
    their own reason, from the top; `key`: the field that tells it from others of its name on the page."""

    title: Promise
    done: Promise
    fields: tuple[str, ...] = ()
    key: str = ""


FORMS: dict[str, Form] = {
    "propose": Form(_("Propose the plan"), _("Proposed. The school is told, and approves it or asks you.")),
    "withdraw": Form(
        _("Take it back to a draft"), _("Taken back. It is a draft again, and you can change it.")
    ),
    "approve": Form(
        _("Approve the plan"), _("Approved. The institution is told. Dates and targets are agreed.")
    ),
    "return": Form(
        _("Return with questions"),
        _("Returned. The institution is told, and reads your questions."),
        ("why",),
    ),
    "finish": Form(
        _("The plan is done"), _("The plan is done. Who follows it is told; it stays to be read."), ("why",)
    ),
    "stop": Form(
        _("Stop the plan"), _("The plan is stopped. Who follows it is told; it stays to be read."), ("why",)
    ),
    "discard": Form(_("Throw the draft away"), _("The draft is thrown away.")),
    "consult": Form(_("Consultant"), _("The consultant is saved."), ("consultant",)),
    "agree": Form(_("Agree"), _("Agreed. The plan says so now, and the institution is told."), key="request"),
    "decline": Form(_("Decline"), _("Declined. The institution is told why."), ("why",), "request"),
    "take_back": Form(
        _("Take the request back"), _("Taken back. You can ask for another change."), (), "request"
    ),
    "report": Form(
        _("Report progress"), _("Your report is saved."), ("progress", "confidence", "why"), "item"
    ),
    "read": Form(_("Enter a reading"), _("The reading is saved."), ("on", "value", "note")),
    "correct": Form(
        _("Correct a reading"),
        _("Corrected. The value before stays in the history."),
        ("value", "why"),
        "reading",
    ),
    "unread": Form(_("Remove this reading"), _("The reading is removed."), ("why",), "reading"),
    "ask": Form(
        _("Ask for a change"),
        _("Asked. The school is told, and answers you."),
        ("field", "value", "why"),
    ),
    "use": Form(_("It proves this, too"), _("Saved. It proves this, too.")),
    "talk": Form(_("Open a room to discuss it"), _("The room is open.")),
    "prove": Form(_("Add evidence"), _("The evidence is added."), ("items", "title", "url", "file")),
    "unprove": Form(_("Remove evidence"), _("The evidence is removed.")),
    "save": Form(_("The plan"), _("Saved.")),
    "save_item": Form(_("What stands in it"), _("Saved.")),
    "add": Form(_("Add to the plan"), _("Added."), ("kind", "title", "parent")),
    "move": Form(_("What stands in it"), _("Moved.")),
    "remove": Form(_("What stands in it"), _("Taken out. It can be put back.")),
    "restore": Form(_("What stands in it"), _("It stands in the plan again.")),
    "hand_over": Form(
        _("Hand over what somebody is responsible for"), _("Handed over. Who has it now is told."), ("to",)
    ),
}


def turned_down(name: str, refusal: Refused, form: QueryDict, item: int | None = None) -> RefusedForm:
    """`item`: on whose page the form stands."""
    spec = FORMS[name]
    key = (form.get(spec.key) or item) if spec.key else None
    same = "correct" if name == "unread" else name  # two buttons of one form
    return refused_form(refusal, same, spec.title, spec.fields, key)
