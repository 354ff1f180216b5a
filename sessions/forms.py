from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from rooms.models import Audience, Room
from sessions.letters import LENGTH
from sessions.models import Activity, Mode, TrainingSession
from synergy.cohorts.forms import InstitutionChoice
from synergy.people.forms import EmailField, NameField, TimeZoneField

LONGEST = timedelta(days=13)
LONGEST_NIGHT = timedelta(hours=6)
"""What begins in the evening and ends after midnight is no longer than that; else the times are taken for a mistake."""


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SessionForm(forms.Form):
    number = forms.IntegerField(label=_("Number of the session"), min_value=1, max_value=99)
    title = forms.CharField(label=_("Title"), max_length=200)
    starts_on = forms.DateField(label=_("First day"), widget=_day_input())
    ends_on = forms.DateField(label=_("Last day"), widget=_day_input())
    mode = forms.ChoiceField(label=_("Mode"), choices=Mode.choices, initial=Mode.ONLINE)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", gettext("The last day cannot be before the first."))
        elif first and last and last > first + LONGEST:
            self.add_error("ends_on", gettext("A session has at most 14 days."))
        return values


class DayForm(forms.Form):
    on = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)
    title = forms.CharField(max_length=120, required=False)

    def __init__(self, *args: Any, training_session: TrainingSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        length = (training_session.ends_on - training_session.starts_on).days + 1
        days = [training_session.starts_on + timedelta(days=number) for number in range(length)]
        self.fields["on"].choices = [  # type: ignore[attr-defined]
            (day.isoformat(), date_format(day, "DATE_FORMAT")) for day in days
        ]


def _between(start: time, end: time) -> timedelta:
    """From a time to one on the next day."""
    return datetime.combine(date.max, end) - datetime.combine(date.max - timedelta(days=1), start)


class ActivityForm(DayForm):
    """Clock times are those of the person who plans."""

    title = forms.CharField(label=pgettext_lazy("activity", "What"), max_length=200)
    start = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    end = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    room = forms.ModelChoiceField(
        label=_("Room"),
        queryset=Room.objects.none(),
        required=False,
        empty_label=_("No room, as for a break"),
    )

    def __init__(self, *args: Any, training_session: TrainingSession, **kwargs: Any) -> None:
        super().__init__(*args, training_session=training_session, **kwargs)
        # Planned on another clock, it may be on the day before or after here.
        choices = self.fields["on"].choices  # type: ignore[attr-defined]
        own = self.initial.get("on") if "start" in self.initial else None
        if own and own not in dict(choices):
            day = (own, date_format(date.fromisoformat(own), "DATE_FORMAT"))
            self.fields["on"].choices = sorted([*choices, day])  # type: ignore[attr-defined]
        # The programme is everybody's, so it leads to rooms that everybody may enter.
        rooms = Room.objects.filter(cohort_id=training_session.cohort_id, audience=Audience.COHORT)
        rooms = rooms.order_by("position", "pk")
        self.fields["room"].queryset = rooms  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not {"on", "start", "end"} <= values.keys():
            return values
        zone = timezone.get_current_timezone()
        on, start, end = values.pop("on"), values.pop("start"), values.pop("end")
        values["starts_at"] = datetime.combine(on, start, zone)
        is_overnight = end < start and _between(start, end) <= LONGEST_NIGHT
        values["ends_at"] = datetime.combine(on + timedelta(days=is_overnight), end, zone)
        if end <= start and not is_overnight:
            self.add_error("end", gettext("It ends after it starts."))
        return values


def activity_as_form(activity: Activity) -> dict[str, Any]:
    """The values of the form for an activity, on the clock of who plans."""
    start, end = timezone.localtime(activity.starts_at), timezone.localtime(activity.ends_at)
    return {
        "on": start.date().isoformat(),
        "title": activity.title,
        "start": start.time(),
        "end": end.time(),
        "room": activity.room_id,
    }


class JoinForm(forms.Form):
    """The letters on the screen and, from somebody who is not signed in, their address."""

    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=LENGTH * 3,
        help_text=_("Six letters. Small or capital, with or without the dash."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-code": "",
            }
        ),
    )
    email = EmailField()

    def __init__(self, *args: Any, asks_email: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_email:
            del self.fields["email"]


class NewSeatForm(forms.Form):
    name = NameField(help_text=_("As others see it, in your own letters and order."))
    institution = InstitutionChoice(help_text=_("Not in the list? Ask the facilitator to add it."))
    time_zone = TimeZoneField(widget=forms.Select(attrs={"data-guess-zone": ""}))


class JoinCodeForm(forms.Form):
    hours = forms.TypedChoiceField(
        label=_("Works for"),
        coerce=lambda value: timedelta(hours=int(value)),
        choices=[("1", _("1 hour")), ("3", _("3 hours")), ("8", _("8 hours")), ("72", _("3 days"))],
        initial="8",
    )
    grants_seats = forms.BooleanField(label=_("Also let in people who have no seat yet"), required=False)

    def __init__(self, *args: Any, may_grant: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_grant:
            del self.fields["grants_seats"]
