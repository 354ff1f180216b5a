from __future__ import annotations

from django.urls import path

from challenges.plans.views import due, edit, evidence, item, listing, new, plan

app_name = "plans"

urlpatterns = [
    path("plans/", listing.plan_list, name="list"),
    path("plans/new/", new.new, name="new"),
    path("plans/due/", due.due_page, name="due"),
    path("plans/files/<int:pk>/", evidence.file, name="file"),
    path("plans/<int:pk>/", plan.plan_page, name="plan"),
    path("plans/<int:pk>/edit/", edit.edit, name="edit"),
    path("plans/<int:pk>/progress/", due.progress_page, name="progress"),
    path("plans/<int:pk>/evidence/", evidence.add, name="prove"),
    path("plans/<int:pk>/evidence/remove/", evidence.remove, name="unprove"),
    path("plans/<int:pk>/items/<int:item>/", item.item_page, name="item"),
]
