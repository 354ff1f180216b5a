from __future__ import annotations

from django.urls import path

from sessions.openspace import proceedings_views, views

app_name = "openspace"

urlpatterns = [
    path("gatherings/<int:pk>/", views.wall, name="wall"),
    path("gatherings/<int:pk>/projector/", views.projector, name="projector"),
    path("gatherings/<int:pk>/principles/", views.principles, name="principles"),
    path("gatherings/<int:pk>/proceedings/", proceedings_views.proceedings, name="proceedings"),
    path(
        "gatherings/<int:pk>/proceedings.docx",
        proceedings_views.proceedings_docx,
        name="proceedings_docx",
    ),
    path(
        "gatherings/<int:pk>/proceedings.md",
        proceedings_views.proceedings_markdown,
        name="proceedings_markdown",
    ),
    path(
        "gatherings/<int:pk>/proceedings.json",
        proceedings_views.proceedings_json,
        name="proceedings_json",
    ),
]
