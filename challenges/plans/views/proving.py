"""Evidence is added, as a link or a file, and removed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from challenges.plans.actions import attach_evidence
from challenges.plans.actions.held import invalid
from challenges.plans.models import Item, Plan
from challenges.plans.queries import plan_stream
from challenges.plans.views.forms import FORMS
from challenges.plans.views.item import render_item
from challenges.plans.views.plan import render_plan
from challenges.plans.views.reading import plan_or_404
from rooms.uploads import check_size
from synergy.live.field_forms import tried, whole_number
from synergy.live.forms import run_command
from synergy.live.refusals import Refused
from synergy.people.views import person_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A file, or else a link. Turned down, the page that the form stands on is shown again at this address."""
    plan = plan_or_404(request, pk)
    if request.method != "POST":
        return redirect("plans:plan", pk)
    upload = request.FILES.get("file")
    try:
        title = _attach(request, plan, upload) if upload else _link(request, plan)
    except Refused as refusal:
        item = Item.objects.filter(pk=whole_number(request.POST.get("page", "")), plan=pk).first()
        if item is None:
            return render_plan(request, pk, "prove", refusal)
        return render_item(request, plan, item, "prove", refusal)
    messages.success(request, _("“%(title)s” is added.") % {"title": title})
    return redirect(_page_of(request, pk))


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """For good; refused where it is all that proves something complete."""
    plan = plan_or_404(request, pk)
    data = {"evidence": whole_number(request.POST.get("evidence", ""))}
    refused = tried(person_of(request), plan_stream(plan.pk), "evidence.remove", data)
    for refusal in refused.values():
        messages.error(request, refusal.detail)
    if not refused:
        messages.success(request, str(FORMS["unprove"].done))
    return redirect(_page_of(request, pk))


def _attach(request: HttpRequest, plan: Plan, upload: UploadedFile[Any]) -> str:
    check_size(upload.size or 0)
    row = attach_evidence(
        person=person_of(request),
        plan=plan,
        items=_items(request),
        title=request.POST.get("title", ""),
        name=upload.name or "",
        content=upload.read(),
        now=timezone.now(),
    )
    return row.title


def _link(request: HttpRequest, plan: Plan) -> str:
    url, title = request.POST.get("url", "").strip(), request.POST.get("title", "").strip()
    if not url:
        raise invalid("url", _("Choose a file or write an address first."))
    data = {"items": _items(request), "title": title or url, "url": url}
    run_command(person_of(request), plan_stream(plan.pk), "evidence.link", data)
    return title or url


def _items(request: HttpRequest) -> list[int]:
    return [key for key in map(whole_number, request.POST.getlist("item")) if key]


def _page_of(request: HttpRequest, pk: int) -> str:
    """The page of the item that the form stands on, else that of the plan."""
    item = whole_number(request.POST.get("page", ""))
    return reverse("plans:item", args=[pk, item]) if item else reverse("plans:plan", args=[pk])
