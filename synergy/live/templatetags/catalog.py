"""For pages with a program of their own: `{% load catalog %}{% catalog %}`."""

from __future__ import annotations

from django import template
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from synergy.live.catalog import catalog_for

register = template.Library()


@register.simple_tag
def catalog() -> SafeString:
    """The words of the program as a block of data, which a strict Content-Security-Policy allows."""
    return json_script(catalog_for(get_language() or "en"), "catalog")
