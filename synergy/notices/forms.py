from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from synergy.notices.kinds import NoticeKind
from synergy.notices.models import Choice, Mail, QuietHours


class ChoicesForm(forms.Form):
    """Per kind: on the bell or not, and when by mail. The fields are named `here-<kind>` and `mail-<kind>`.

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

    def groups(self) -> list[dict[str, Any]]:
        """The kinds below their headings, each with its two fields."""
        groups: dict[str, list[dict[str, Any]]] = {}
        for kind, _choice in self.rows:
            row = {"kind": kind, "here": self[f"here-{kind.name}"], "mail": self[f"mail-{kind.name}"]}
            groups.setdefault(str(kind.group), []).append(row)
        return [{"name": name, "rows": rows} for name, rows in groups.items()]

    def chosen(self) -> dict[str, tuple[bool, str]]:
        said = self.cleaned_data
        return {
            kind.name: (said[f"here-{kind.name}"], said["all_mail"] or said[f"mail-{kind.name}"])
            for kind, _choice in self.rows
        }


class QuietForm(forms.ModelForm[QuietHours]):
    class Meta:
        model = QuietHours
        fields = ["at_night", "starts", "ends", "at_weekends"]
        labels = {
            "at_night": _("No mail at night"),
            "starts": _("From"),
            "ends": _("Until"),
            "at_weekends": _("No mail on Saturdays and Sundays"),
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
