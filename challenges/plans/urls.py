from __future__ import annotations

from django.urls import path

from challenges.plans import api, calendar_views
from challenges.plans.views import (
    due,
    edit,
    edition,
    edition_table,
    evidence,
    funnel,
    item,
    listing,
    new,
    plan,
    proving,
)

app_name = "plans"

urlpatterns = [
    path("plans/", listing.plan_list, name="list"),
    path("plans/new/", new.new, name="new"),
    path("plans/due/", due.due_page, name="due"),
    path("plans/files/<int:pk>/", evidence.file, name="file"),
    path("plans/<int:pk>/", plan.plan_page, name="plan"),
    path("plans/<int:pk>/edit/", edit.edit, name="edit"),
    path("plans/<int:pk>/progress/", due.progress_page, name="progress"),
    path("plans/<int:pk>/evidence/", proving.add, name="prove"),
    path("plans/<int:pk>/evidence/remove/", proving.remove, name="unprove"),
    path("plans/<int:pk>/items/<int:item>/", item.item_page, name="item"),
    path("editions/<int:pk>/plans/", edition.edition_page, name="edition"),
    path("editions/<int:pk>/plans/table.<str:form>", edition_table.edition_table, name="edition_table"),
    path("editions/<int:pk>/plans/from/<str:stage>/", funnel.funnel_page, name="funnel"),
    path("plans/calendar/", calendar_views.add, name="add_calendar"),
    path("calendar/<str:secret>/due.ics", calendar_views.due_feed, name="calendar"),
    path("calendar/<str:secret>/plan-<int:pk>.ics", calendar_views.plan_feed, name="plan_calendar"),
    path("api/plans/", api.plans, name="api_list"),
    path("api/plans/due/", api.due, name="api_due"),
    path("api/reports/", api.reports, name="api_reports"),
    path("api/reports/<int:pk>/", api.report, name="api_report"),
    path("api/plans/<int:pk>/", api.plan, name="api_plan"),
    path("api/plans/<int:pk>/items/<int:item>/readings/", api.add_reading, name="api_reading"),
    path("api/plans/<int:pk>/items/<int:item>/progress/", api.report_progress, name="api_progress"),
]
