"""The forms on the pages of reports: what each does, in words, before it was done and after."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.plans.models import Report, Voice
from challenges.plans.views.forms import Form
from synergy.live.field_forms import whole_number
from synergy.live.refusals import Refused
from synergy.live.refused_forms import RefusedForm, refused_form

ROWS = 3
"""Decisions that the form of a stocktake has room for."""

FORMS: dict[str, Form] = {
    "begin": Form(_("Begin the report"), _("The report is begun.")),
    "add": Form(_("Add a period"), _("The period is added."), ("name", "starts", "ends")),
    "close": Form(
        _("Close the period"),
        _("Closed. Its reports and readings stay as they are, until you open it again."),
        ("why",),
        "period",
    ),
    "reopen": Form(
        _("Open it again"), _("The period is open again: it can be written and answered."), ("why",), "period"
    ),
    "remove": Form(_("Remove the period"), _("The period is removed.")),
    "stocktake": Form(_("Take stock"), _("The stocktake is kept, with how the plan stands today.")),
    "decide": Form(
        _("Add a decision"),
        _("The decision is written down. Who takes it on is told."),
        ("text", "owner", "due"),
    ),
    "done": Form(_("Done"), _("The decision is done.")),
    "undone": Form(_("Open again"), _("The decision is open again.")),
    "submit": Form(_("Submit the report"), _("Submitted. The school is told."), ("why",)),
    "withdraw": Form(
        _("Take it back to change it"), _("Taken back. You can change it, and submit it again.")
    ),
    "approve": Form(_("Approve the report"), _("Approved. The institution is told."), ("why",)),
    "return": Form(
        _("Return with questions"),
        _("Returned. The institution is told, and reads your questions."),
        ("why",),
    ),
}


def done_words(name: str, report: Report) -> str:
    """Of a shadow report nobody at the school has to answer."""
    if name == "submit" and report.voice == Voice.SHADOW:
        return gettext("Submitted. The institution and the school are told.")
    return str(FORMS[name].done)


def turned_down(name: str, refusal: Refused, form: QueryDict) -> RefusedForm:
    spec = FORMS[name]
    if name == "stocktake":
        return refused_form(_at_its_row(refusal, form), name, spec.title, _STOCKTAKE)
    return refused_form(refusal, name, spec.title, spec.fields, form.get(spec.key) if spec.key else None)


def typed_rows(form: QueryDict) -> list[dict[str, str | int]]:
    """The rows of decisions as they were typed: `number` counts from 1; `owner` is 0 for nobody."""
    names = ("text", "owner", "due")
    columns = [[*form.getlist(name), *[""] * ROWS] for name in names]
    count = max(ROWS, len(form.getlist("text")))
    rows = list(zip(*columns, strict=False))[:count]
    return [
        {"number": number, "text": text, "owner": whole_number(owner), "due": due}
        for number, (text, owner, due) in enumerate(rows, 1)
    ]


def said_rows(form: QueryDict) -> list[dict[str, str | int]]:
    """Those in which something was said: a day or a name alone lacks its decision, and is not lost."""
    return [row for row in typed_rows(form) if str(row["text"]).strip() or row["owner"] or row["due"]]


def _at_its_row(refusal: Refused, form: QueryDict) -> Refused:
    """What is wrong with the second decision sent stands at the row that it came from."""
    places = {
        f"decisions.{index}.{name}": f"{name}-{row['number']}"
        for index, row in enumerate(said_rows(form))
        for name in ("text", "owner", "due")
    }
    fields = {places.get(name, name): words for name, words in (refusal.fields or {}).items()}
    return Refused(refusal.code, refusal.detail, fields=fields or None)


_STOCKTAKE = (
    "note",
    *(f"{name}-{number}" for number in range(1, 31) for name in ("text", "owner", "due")),
)
