"""What facilitators write when they prepare a gathering. Clock times are those of who prepares it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language_info, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sessions.models import TrainingSession
from sessions.openspace.models import Gathering, Slot, SlotKind, Space, SpaceKind

THEME_LENGTH = 200
GIVENS_LENGTH = 2_000
LONGEST_SLOT = timedelta(hours=12)


class NewGatheringForm(forms.Form):
    on = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)
    plan = forms.ChoiceField(label=_("Begin with"), widget=forms.RadioSelect)
    start = forms.TimeField(
        label=_("The opening circle begins at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        initial="09:00",
    )
    theme = forms.CharField(
        label=_("Theme, in English"),
        max_length=THEME_LENGTH,
        help_text=_("One sentence that calls people together, best a question. Other languages come next."),
    )

    def __init__(
        self,
        *args: Any,
        training_session: TrainingSession,
        plans: list[tuple[str, str]],
        taken: set[date],
        today: date,
        **kwargs: Any,
    ) -> None:
        """`taken` are the days that have a gathering already; `plans` the templates, by name and words.

        Days that have passed are not offered. When the session is over, its last free day is: somebody
        may write down what was held.
        """
        super().__init__(*args, **kwargs)
        length = (training_session.ends_on - training_session.starts_on).days + 1
        days = [training_session.starts_on + timedelta(days=number) for number in range(length)]
        free = [day for day in days if day not in taken]
        self.is_over = training_session.ends_on < today
        offered = free[-1:] if self.is_over else [day for day in free if day >= today]
        self.fields["on"].choices = [(day.isoformat(), _day_words(day)) for day in offered]  # type: ignore[attr-defined]
        self.fields["plan"].choices = plans  # type: ignore[attr-defined]
        self.fields["plan"].initial = plans[0][0]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if {"on", "start"} <= values.keys():
            zone = timezone.get_current_timezone()
            values["starts_at"] = datetime.combine(values["on"], values.pop("start"), zone)
        return values


class WordsForm(forms.Form):
    """Theme and givens, one field per language of the product. English is what others fall back on."""

    sponsor = forms.CharField(
        label=_("Sponsor"),
        max_length=120,
        required=False,
        help_text=_("Name and office of who calls the gathering, opens it and owns what follows."),
    )

    def __init__(self, *args: Any, gathering: Gathering, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sponsor"].initial = gathering.sponsor
        for code, _name in settings.LANGUAGES:
            named = _language_name(code)
            self.fields[f"theme_{code}"] = forms.CharField(
                label=named,
                max_length=THEME_LENGTH,
                required=code == "en",
                initial=gathering.theme.get(code, ""),
                widget=forms.Textarea(attrs={"lang": code, "rows": 2}),
            )
            self.fields[f"givens_{code}"] = forms.CharField(
                label=named,
                max_length=GIVENS_LENGTH,
                required=False,
                initial=gathering.givens.get(code, ""),
                widget=forms.Textarea(attrs={"lang": code, "rows": 3}),
            )

    def themes(self) -> Iterator[BoundField]:
        return (self[f"theme_{code}"] for code, _name in settings.LANGUAGES)

    def givens(self) -> Iterator[BoundField]:
        return (self[f"givens_{code}"] for code, _name in settings.LANGUAGES)

    def clean(self) -> dict[str, Any]:
        """`theme`, `givens`: {language: text}, without the empty ones; `sponsor`."""
        values = super().clean() or {}
        texts = {
            name: {
                code: values[f"{name}_{code}"]
                for code, _name in settings.LANGUAGES
                if values.get(f"{name}_{code}")
            }
            for name in ("theme", "givens")
        }
        return {**texts, "sponsor": values.get("sponsor", "")}


class SpaceForm(forms.Form):
    name = forms.CharField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=SpaceKind.choices)
    capacity = forms.IntegerField(
        label=_("People"),
        min_value=1,
        max_value=2_000,
        required=False,
        help_text=_("For how many there is room. Empty: as many as come."),
    )
    is_hard = forms.BooleanField(label=_("Nobody more comes in, facilitators excepted"), required=False)

    @classmethod
    def of(cls, space: Space, data: Any = None) -> SpaceForm:
        present = {
            "name": space.room.name,
            "kind": space.kind,
            "capacity": space.capacity,
            "is_hard": space.is_hard,
        }
        return cls(data, initial=present, auto_id=f"space{space.pk}_%s")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("is_hard") and values.get("capacity") is None and "capacity" not in self.errors:
            self.add_error("capacity", gettext("Say for how many there is room, or let everybody in."))
        return values


class SlotForm(forms.Form):
    """A slot that ends before it starts ends on the next day."""

    kind = forms.ChoiceField(label=_("Kind"), choices=SlotKind.choices)
    title = forms.CharField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=60,
        required=False,
        help_text=_("A round without a name is known by its number."),
    )
    on = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)
    start = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    end = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def __init__(self, *args: Any, gathering: Gathering, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = {gathering.on, gathering.on + timedelta(days=1)}
        if present := self.initial.get("on"):
            days.add(present)
        self.fields["on"].choices = [(day.isoformat(), _day_words(day)) for day in sorted(days)]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, slot: Slot, gathering: Gathering, data: Any = None) -> SlotForm:
        start, end = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
        present = {
            "kind": slot.kind,
            "title": slot.title,
            "on": start.date(),
            "start": start.time(),
            "end": end.time(),
        }
        return cls(data, initial=present, gathering=gathering, auto_id=f"slot{slot.pk}_%s")

    @classmethod
    def after(cls, slots: list[Slot], gathering: Gathering, data: Any = None) -> SlotForm:
        """For one more slot: a round of 45 minutes after the last one."""
        zone = timezone.get_current_timezone()
        last = max((slot.ends_at for slot in slots), default=None)
        start = timezone.localtime(last) if last else datetime.combine(gathering.on, _TEN, zone)
        end = start + timedelta(minutes=45)
        guess = {"kind": SlotKind.ROUND, "on": start.date(), "start": start.time(), "end": end.time()}
        return cls(data, initial=guess, gathering=gathering, auto_id="new_slot_%s")

    def clean(self) -> dict[str, Any]:
        """`starts_at` and `ends_at` in place of day and clock times."""
        values = super().clean() or {}
        if not {"on", "start", "end"} <= values.keys():
            return values
        zone = timezone.get_current_timezone()
        on, start, end = values.pop("on"), values.pop("start"), values.pop("end")
        last_day = on if end > start else on + timedelta(days=1)
        values["starts_at"] = datetime.combine(on, start, zone)
        values["ends_at"] = datetime.combine(last_day, end, zone)
        if values["ends_at"] - values["starts_at"] > LONGEST_SLOT:
            self.add_error("end", gettext("It ends after it starts, and within twelve hours."))
        return values


class ShiftForm(forms.Form):
    """Moves a slot and all that follow it."""

    slot = forms.TypedChoiceField(label=_("From"), coerce=int)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=720, initial=10)
    direction = forms.ChoiceField(choices=[("later", "later"), ("earlier", "earlier")])

    def __init__(self, *args: Any, slots: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = slots  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """`slot` by id; `minutes`, negative for earlier."""
        values = super().clean() or {}
        if values.pop("direction", "later") == "earlier" and "minutes" in values:
            values["minutes"] = -values["minutes"]
        return values


_TEN = time(10)


def _day_words(day: date) -> str:
    return f"{date_format(day, 'l')}, {date_format(day, 'DATE_FORMAT')}"


def _language_name(code: str) -> str:
    return str(get_language_info(code)["name_local"]).capitalize()
