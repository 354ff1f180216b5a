"""A form of a page that was turned down, as the page shows it again: on top what was not saved and why, each
reason a link; the reason beside its field; and the focus, and so the page, in the first wrong field. It works
without scripts.

A view gives its template `turned`, a `RefusedForm`. `base.html` draws what stands on top. The form's template
loads `refused_forms` and says, with the same name (and key, where a page has several such forms):

    {% form_problem "ask" %}                                   what is wrong with no field in particular
    <textarea id="{% field_id "ask" "why" %}" name="why"{% wrong_field "ask" "why" %}>…</textarea>
    {% field_problem "ask" "why" %}                            the reason, where the field takes it

and puts back what was typed: `{% is_turned "ask" as is_back %}{% if is_back %}{{ typed.why }}{% endif %}`, also
what stands in rows (`typed.getlist`). A `details` around the form is open when it was turned down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from synergy.live.refusals import Refused


@dataclass(frozen=True)
class RefusedForm:
    """`name`: of the form, as in its template. `title`: what was not saved, in words. `wrong`: {field: why};
    `rest`: what is wrong with none of them."""

    name: str
    title: str | Promise
    wrong: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""

    @property
    def focus(self) -> str:
        """The id of what gets the focus."""
        return f"{self.name}-{next(iter(self.wrong), 'problem')}"

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Each with the id of its place."""
        found = [(words, f"{self.name}-{name}") for name, words in self.wrong.items()]
        return [*found, (self.rest, f"{self.name}-problem")] if self.rest else found


def refused_form(
    refusal: Refused, name: str, title: str | Promise, fields: Sequence[str], key: object = None
) -> RefusedForm:
    """`fields`: those of the form that show their own reason, from the top; `key` tells it from others of its name."""
    said = refusal.fields or {}
    wrong = {each: said[each] for each in fields if each in said}
    others = [words for each, words in said.items() if each not in wrong]
    rest = " ".join(others) if said else refusal.detail
    return RefusedForm(form_name(name, key), title, wrong, rest)


def refused_fields(refused: Mapping[str, Refused], name: str, title: str | Promise) -> RefusedForm | None:
    """Of a form that is saved field by field; the refusal at "" belongs to none of them. None: nothing was refused."""
    if not refused:
        return None
    wrong = {each: refusal.detail for each, refusal in refused.items() if each}
    return RefusedForm(name, title, wrong, refused[""].detail if "" in refused else "")


def form_name(name: str, key: object = None) -> str:
    return name if key in (None, "") else f"{name}-{key}"
