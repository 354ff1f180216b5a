"""The programme of a cohort: everybody reads it, facilitators and organisers write it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sessions import actions
from sessions.forms import ActivityForm, DayForm, SessionForm, activity_as_form
from sessions.models import Activity, TrainingSession
from sessions.queries import session_for, sessions_of, whole_plan
from sessions.rules import can_plan
from sessions.underway import as_it_goes
from synergy.cohorts.queries import seats_of
from synergy.live.refusals import Refused
from synergy.people.views import person_of


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """The sessions of a cohort, and for planners the form that adds one."""
    seat = seats_of(person_of(request)).filter(cohort_id=cohort_id).first()
    if seat is None or (request.method == "POST" and not can_plan(seat)):
        raise Http404
    planned = sessions_of(cohort_id)
    last = planned.aggregate(number=Max("number"))["number"] or 0
    form = SessionForm(request.POST or None, initial={"number": last + 1})
    if form.is_valid():
        try:
            session = actions.plan_session(cohort=seat.cohort, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("number", refusal.detail)
        else:
            return redirect("training:programme", session.pk)
    page = {"cohort": seat.cohort, "sessions": planned, "form": form if can_plan(seat) else None}
    return render(request, "sessions/sessions.html", page, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Number, title, days and mode of a session that is planned already."""
    session = _session_to_plan(request, pk)
    names = ("number", "title", "starts_on", "ends_on", "mode")
    form = SessionForm(request.POST or None, initial={name: getattr(session, name) for name in names})
    if form.is_valid():
        try:
            actions.change_session(training_session=session, **form.cleaned_data)
        except Refused as refusal:
            for name, words in (refusal.fields or {"number": refusal.detail}).items():
                form.add_error(name, words)
        else:
            messages.success(request, _("Saved."))
            return redirect("training:programme", pk)
    page = {"training_session": session, "form": form}
    return render(request, "sessions/change.html", page, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_GET
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    found = session_for(person_of(request), pk)
    if found is None:
        raise Http404
    session, seat = found
    today = timezone.localdate().isoformat()
    form = ActivityForm(training_session=session, initial={"on": today}) if can_plan(seat) else None
    return _page(request, session, form)


def _page(request: HttpRequest, session: TrainingSession, form: ActivityForm | None) -> HttpResponse:
    """The days of the session; with the form, for those who plan."""
    gatherings = list(session.gatherings.order_by("on"))
    held = {gathering.on for gathering in gatherings}
    now, days = timezone.now(), whole_plan(session, timezone.get_current_timezone())
    page = {
        "training_session": session,
        "days": [as_it_goes(session, day, now) if day.on in held else day for day in days],
        "now": now,
        "gatherings": gatherings,
        "form": form,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "sessions/programme.html", page, status=status)


def _session_to_plan(request: HttpRequest, pk: int) -> TrainingSession:
    found = session_for(person_of(request), pk)
    if found is None or not can_plan(found[1]):
        raise Http404
    return found[0]


@login_required
@require_POST
def name_day(request: HttpRequest, pk: int) -> HttpResponse:
    session = _session_to_plan(request, pk)
    form = DayForm(request.POST, training_session=session)
    if form.is_valid():
        actions.name_day(training_session=session, **form.cleaned_data)
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("training:programme", session.pk)


@login_required
@require_POST
def add_activity(request: HttpRequest, pk: int) -> HttpResponse:
    session = _session_to_plan(request, pk)
    form = ActivityForm(request.POST, training_session=session)
    if not form.is_valid():
        return _page(request, session, form)
    added = actions.add_activity(training_session=session, **form.cleaned_data)
    messages.success(request, _added_words(session, added))
    return _to_activity(session, added.pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_activity(request: HttpRequest, pk: int, activity: int) -> HttpResponse:
    session = _session_to_plan(request, pk)
    found = get_object_or_404(session.activities, pk=activity)
    form = ActivityForm(
        request.POST if request.method == "POST" else None,
        training_session=session,
        initial=activity_as_form(found),
    )
    if form.is_valid():
        actions.change_activity(activity=found, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return _to_activity(session, activity)
    page = {"training_session": session, "activity": found, "form": form}
    return render(request, "sessions/change_activity.html", page, status=422 if form.is_bound else 200)


@login_required
@require_POST
def remove_activity(request: HttpRequest, pk: int, activity: int) -> HttpResponse:
    session = _session_to_plan(request, pk)
    found = session.activities.filter(pk=activity).first()
    actions.remove_activity(training_session=session, pk=activity)
    if found is not None:
        messages.success(request, _("Removed: %(title)s") % {"title": found.title})
    return redirect("training:programme", session.pk)


def _to_activity(session: TrainingSession, activity: int) -> HttpResponse:
    return redirect(f"{reverse('training:programme', args=[session.pk])}#activity-{activity}")


def _added_words(session: TrainingSession, added: Activity) -> str:
    """Nothing forbids two things at one time, but it may be a slip."""
    beside = session.activities.filter(starts_at__lt=added.ends_at, ends_at__gt=added.starts_at)
    titles = ", ".join(beside.exclude(pk=added.pk).order_by("starts_at").values_list("title", flat=True))
    if titles:
        return _("Added: %(title)s. At the same time: %(others)s.") % {"title": added.title, "others": titles}
    return _("Added: %(title)s") % {"title": added.title}
