"""What a moment of a consultation is, in words."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from challenges.consultations.models import Consultation, RunState, Speaks
from challenges.consultations.protocols import in_the_language_of_now
from challenges.consultations.rules import phase_of, protocol_of
from synergy.people.models import Person
from synergy.people.zones import place_of_zone, zone_or_utc


def phase_name(consultation: Consultation) -> str:
    """In the language of now."""
    return in_the_language_of_now(protocol_of(consultation)).phases[consultation.phase].name


def why_closed(person: Person, consultation: Consultation) -> str:
    """Why somebody writes nothing that others read just now, and until when."""
    words = {"phase": phase_name(consultation), "time": _end(person, consultation)}
    if phase_of(consultation).speaks == Speaks.NOBODY:
        if not words["time"]:
            return _("This is a silent step: “%(phase)s”. You can write here again when it is over.") % words
        return _("This is a silent step: “%(phase)s”, until %(time)s. Then you can write here again.") % words
    if not words["time"]:
        return (
            _("The peers talk in “%(phase)s”, and you listen. You can write again in the next step.") % words
        )
    return (
        _(
            "The peers talk in “%(phase)s” until %(time)s, and you listen. Then you can write again. "
            "Your private note stays open."
        )
        % words
    )


def why_not_now(consultation: Consultation) -> str:
    """Where the consultation is, to somebody who came too late or too early."""
    if consultation.state == RunState.PLANNED:
        return _("The consultation has not started yet.")
    if consultation.state == RunState.FINISHED:
        return _("The consultation is finished.")
    if consultation.state == RunState.PAUSED:
        return _("The consultation is paused in “%(phase)s”.") % {"phase": phase_name(consultation)}
    return _("The consultation is at “%(phase)s” now.") % {"phase": phase_name(consultation)}


def _end(person: Person, consultation: Consultation) -> str:
    """The end of the phase on the person's clock, with its place; empty in overtime and while paused."""
    ends = consultation.phase_ends_at
    now = timezone.now()
    if ends is None or ends <= now:
        return ""
    zone = zone_or_utc(person.time_zone)
    local = ends.astimezone(zone)
    is_near = local - now < timedelta(hours=12)
    clock = date_format(local, "TIME_FORMAT" if is_near else "SHORT_DATETIME_FORMAT")
    return f"{clock} ({place_of_zone(str(zone))})"
