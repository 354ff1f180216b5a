from __future__ import annotations

from django.urls import path

from synergy.notices import push_views, views

app_name = "notices"

urlpatterns = [
    path("notices/", views.notices, name="list"),
    path("notices/read/", views.read, name="read"),
    path("notices/choices/", views.choices, name="choices"),
    path("notices/push/on/", push_views.switch_on, name="push_on"),
    path("notices/push/off/", push_views.switch_off, name="push_off"),
    path("push-worker.js", push_views.worker, name="push_worker"),
    path("notices/stop/<str:token>/", views.stop, name="stop"),
]
