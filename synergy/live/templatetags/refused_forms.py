"""What a form that was turned down shows at its fields; see `synergy.live.refused_forms`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from synergy.live.refused_forms import RefusedForm, form_name

register = template.Library()


def _turned(context: Any, name: str, key: object) -> RefusedForm | None:
    turned: RefusedForm | None = context.get("turned")
    return turned if turned is not None and turned.name == form_name(name, key) else None


@register.simple_tag
def field_id(name: str, field: str, key: object = None) -> str:
    return f"{form_name(name, key)}-{field}"


@register.simple_tag(takes_context=True)
def is_turned(context: Any, name: str, key: object = None) -> bool:
    return _turned(context, name, key) is not None


@register.simple_tag(takes_context=True)
def wrong_field(context: Any, name: str, field: str, key: object = None, hint: str = "") -> SafeString:
    """Attributes of the field; `hint` is the id of what else describes it."""
    turned, place = _turned(context, name, key), field_id(name, field, key)
    is_wrong = turned is not None and field in turned.wrong
    described = " ".join([*([hint] if hint else []), *([f"{place}-error"] if is_wrong else [])])
    attributes = format_html(' aria-describedby="{}"', described) if described else SafeString("")
    if not is_wrong:
        return attributes
    focus = " autofocus" if turned and turned.focus == place else ""
    return attributes + format_html(' aria-invalid="true"{}', SafeString(focus))


@register.inclusion_tag("components/field_problem.html", takes_context=True)
def field_problem(context: Any, name: str, field: str, key: object = None) -> dict[str, str]:
    turned = _turned(context, name, key)
    words = turned.wrong.get(field, "") if turned else ""
    return {"words": words, "place": f"{field_id(name, field, key)}-error"}


@register.inclusion_tag("components/form_problem.html", takes_context=True)
def form_problem(context: Any, name: str, key: object = None) -> dict[str, object]:
    turned, place = _turned(context, name, key), field_id(name, "problem", key)
    words = turned.rest if turned else ""
    return {"words": words, "place": place, "is_first": turned is not None and turned.focus == place}
