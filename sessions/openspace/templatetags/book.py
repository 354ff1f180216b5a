"""What the page of the book draws: words in their language, and the lines that every format shares."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sessions.openspace.proceedings import labels
from sessions.openspace.proceedings.book import Member, Report
from sessions.openspace.texts import Words
from synergy.people.templatetags.synergy import country, person_name

register = template.Library()

for line in (
    labels.country_name,
    labels.fate_name,
    labels.merged_line,
    labels.missing_line,
    labels.place_name,
    labels.prose_parts,
    labels.standing_name,
    labels.time_day,
    labels.time_name,
    labels.time_span,
    labels.voters_line,
    labels.zone_line,
):
    register.simple_tag(line)


@register.simple_tag
def words(written: Words) -> SafeString:
    """What somebody wrote, marked with its language and kept apart from the text around it."""
    if not written.language:
        return format_html("<bdi>{}</bdi>", written.text)
    return format_html('<bdi lang="{}">{}</bdi>', written.language, written.text)


@register.simple_tag
def conveners(report: Report) -> SafeString | str:
    if report.convener is None:
        return labels.convened_by(report)
    names = format_html_join(", ", "{}", ((_name(each),) for each in [report.convener, *report.co_conveners]))
    before, _name_itself, after = _("Convened by %(name)s").partition("%(name)s")
    return format_html("{}{}{}", before, names, after)


def _name(member: Member) -> SafeString:
    return format_html("{} {}", person_name(member), country(member.country))
