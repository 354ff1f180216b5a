from __future__ import annotations

from datetime import date

from django.urls import path, register_converter

from challenges.groups import make_views, views


class IsoDate:
    """2026-02-09"""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else value.isoformat()


register_converter(IsoDate, "iso_date")

app_name = "task_groups"

urlpatterns = [
    path("groups/", views.near, name="near"),
    path("groups/<int:session>/<iso_date:on>/", views.day, name="day"),
    path("groups/<int:session>/<iso_date:on>/make/", make_views.make, name="make"),
]
