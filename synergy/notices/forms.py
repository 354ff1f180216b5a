from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from synergy.notices.kinds import NoticeKind
from synergy.notices.models import Choice, Mail, QuietHours
from synergy.notices.webpush import public_point
from synergy.posting import address_of


def reachable(url: str) -> None:
    try:
        address_of(url)
    except ValueError:
        raise ValidationError(url) from None


def point(key: str) -> None:
    try:
        public_point(key)
    except ValueError:
        raise ValidationError(key) from None


class ChoicesForm(forms.Form):
    """Per kind: on the bell or not, when by mail, and pushed or not. The fields: `here-<kind>`, `mail-<kind>`, `push-<kind>`.

    `all_mail` sets the mail of all kinds at once.
    """

    all_mail = forms.ChoiceField(
        label=_("All mail about notices"),
        required=False,
        choices=[("", _("As chosen below")), *Mail.choices],
    )

    def __init__(self, *args: Any, rows: list[tuple[NoticeKind, Choice]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = rows
        for kind, choice in rows:
            self.fields[f"here-{kind.name}"] = forms.BooleanField(required=False, initial=choice.in_app)
            self.fields[f"mail-{kind.name}"] = forms.ChoiceField(choices=Mail.choices, initial=choice.mail)
            self.fields[f"push-{kind.name}"] = forms.BooleanField(required=False, initial=choice.push)

    def groups(self) -> list[dict[str, Any]]:
        """The kinds below their headings, each with its three fields."""
        groups: dict[str, list[dict[str, Any]]] = {}
        for kind, _choice in self.rows:
            row = {"kind": kind, **{way: self[f"{way}-{kind.name}"] for way in ("here", "mail", "push")}}
            groups.setdefault(str(kind.group), []).append(row)
        return [{"name": name, "rows": rows} for name, rows in groups.items()]

    def chosen(self, *, pushes: bool) -> dict[str, tuple[bool, str, bool]]:
        """By the names of the kinds: on the bell, when by mail, pushed. Without `pushes` the last stays as it was."""
        said = self.cleaned_data
        return {
            kind.name: (
                said[f"here-{kind.name}"],
                said["all_mail"] or said[f"mail-{kind.name}"],
                said[f"push-{kind.name}"] if pushes else choice.push,
            )
            for kind, choice in self.rows
        }


class BrowserForm(forms.Form):
    """What a browser says of its push subscription."""

    endpoint = forms.CharField(max_length=600, validators=[reachable])
    p256dh = forms.CharField(max_length=90, validators=[point])
    auth = forms.RegexField(r"^[A-Za-z0-9_-]{22}$", max_length=24)


class QuietForm(forms.ModelForm[QuietHours]):
    class Meta:
        model = QuietHours
        fields = ["at_night", "starts", "ends", "at_weekends"]
        labels = {
            "at_night": _("Quiet at night"),
            "starts": _("From"),
            "ends": _("Until"),
            "at_weekends": _("Quiet on Saturdays and Sundays"),
        }
        widgets = {
            "starts": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "ends": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("at_night") and said.get("starts") and said.get("starts") == said.get("ends"):
            self.add_error("ends", _("Choose another time than the one from which no mail comes."))
        return said
