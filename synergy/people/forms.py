from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from synergy.people.models import Person
from synergy.people.names import check_name, tidy_name
from synergy.people.pictures import square_picture
from synergy.people.zones import zone_choices


class Renderer(TemplatesSetting):
    """Fields look the same everywhere: label, hint, field, what is wrong with it."""

    field_template_name = "components/field.html"


class NameField(forms.CharField):
    """A display name."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Your name"))
        options.setdefault("max_length", 120)
        super().__init__(validators=[check_name], **options)

    def to_python(self, value: Any) -> str:
        return tidy_name(super().to_python(value) or "")


class EmailField(forms.EmailField):
    """An address in small letters, as it is kept."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Work e-mail"))
        options.setdefault("max_length", 254)
        options.setdefault(
            "widget",
            forms.EmailInput(attrs={"autocomplete": "username", "placeholder": "name@office.example"}),
        )
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").lower()


class TimeZoneField(forms.ChoiceField):
    """The browser's own zone is put in by the page's script where the field says `data-guess-zone`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Time zone"))
        super().__init__(choices=zone_choices, **options)


class LanguageField(forms.ChoiceField):
    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Language of the pages and mails"))
        super().__init__(choices=_languages, **options)


def _languages() -> list[tuple[str, str]]:
    from django.utils.translation import get_language_info

    return [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]


class ProfileForm(forms.Form):
    name = NameField(help_text=_("As others see it, in your own letters and order."))
    language = LanguageField()
    time_zone = TimeZoneField()


class PictureForm(forms.Form):
    picture = forms.FileField(
        label=_("Choose a picture"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )

    def clean_picture(self) -> ContentFile[bytes]:
        upload: UploadedFile[bytes] = self.cleaned_data["picture"]
        if (upload.size or 0) > settings.CONFIG.upload_limit:
            raise ValidationError(_("This file is too large. Choose a smaller one."))
        return square_picture(upload, pixel_limit=settings.CONFIG.pixel_limit)


class PasswordForm(forms.Form):
    """A first or a new password; the present one is asked for when there is one."""

    present = forms.CharField(
        label=_("Your present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 10 characters. A short sentence is easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if not person.has_usable_password():
            del self.fields["present"]

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if not self.person.check_password(present):
            raise ValidationError(_("This is not your present password."))
        return present

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password
