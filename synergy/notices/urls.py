from __future__ import annotations

from django.urls import path

from synergy.notices import views

app_name = "notices"

urlpatterns = [
    path("notices/", views.notices, name="list"),
    path("notices/read/", views.read, name="read"),
    path("notices/choices/", views.choices, name="choices"),
    path("notices/stop/<str:token>/", views.stop, name="stop"),
]
