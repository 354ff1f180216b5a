"""What sign-in pages show in a demonstration, and only there."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings

from sessions.demo.personas import chosen_personas

register = template.Library()


@register.inclusion_tag("sessions/personas.html", takes_context=True)
def personas(context: dict[str, Any], next: str | None = None) -> dict[str, Any]:  # noqa: A002 - the field's name
    """Buttons that sign in as somebody invented; nothing outside a demonstration."""
    request = context["request"]
    if not settings.CONFIG.demo:
        return {"request": request}
    return {"request": request, "is_demo": True, "personas": chosen_personas(), "next": next or ""}


@register.inclusion_tag("sessions/inbox_hint.html")
def inbox_hint() -> dict[str, Any]:
    return {"is_demo": settings.CONFIG.demo}
