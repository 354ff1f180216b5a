from __future__ import annotations

from django.urls import path

from sessions.openspace import views

app_name = "openspace"

urlpatterns = [
    path("gatherings/<int:pk>/", views.wall, name="wall"),
    path("gatherings/<int:pk>/projector/", views.projector, name="projector"),
    path("gatherings/<int:pk>/principles/", views.principles, name="principles"),
]
