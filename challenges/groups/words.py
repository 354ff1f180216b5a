"""The mixer's codes in words: why somebody is in their group, which wish is not met, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.utils.text import get_text_list
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from challenges.groups.events import ReasonCard, ShortfallCard, Values
from synergy.people.models import Country, Tier


def reason_text(reason: ReasonCard) -> str:
    """A whole sentence, true of whoever stands beside it."""
    return _REASONS[reason.code](reason.values)


def wish_text(wish: str) -> str:
    """What is not as it was wished, as a heading over where."""
    return str(_WISHES[wish])


def group_text(shortfall: ShortfallCard, number: int, names: Sequence[str]) -> str:
    """Where it is so. `number`: the group's, 0 for all groups; `names`: of those whom it concerns."""
    words = {**shortfall.values, "group": number, "who": _listed(names)}
    if shortfall.wish in _WHERE:
        return _WHERE[shortfall.wish](words)
    return (_("Group %(group)d: %(who)s") if names else _("Group %(group)d")) % words


def circles_text(number: int, circles: Iterable[Sequence[str]]) -> str:
    """Names of those in the group who have all worked with one another."""
    return _("Group %(group)d: %(who)s") % {
        "group": number,
        "who": "; ".join(_listed(each) for each in circles),
    }


def institution_text(institution: str, places: Iterable[tuple[int, Sequence[str]]]) -> str:
    """Where several of its people are: (the group's number, their names)."""
    where = [_("group %(group)d (%(who)s)") % {"group": at, "who": _listed(who)} for at, who in places]
    return f"{institution}: {', '.join(where)}"


def why_text(shortfall: ShortfallCard) -> str:
    """Why it is not."""
    return _WHYS[shortfall.why](shortfall.values)


def _listed(names: Sequence[str]) -> str:
    return get_text_list(list(names), _("and"))


def _adds_country(values: Values) -> str:
    countries = int(values["countries"])
    words = ngettext(
        "The only one from %(country)s, which makes %(countries)d country in the group.",
        "The only one from %(country)s, which makes %(countries)d countries in the group.",
        countries,
    )
    return words % {"country": Country(str(values["country"])).label, "countries": countries}


def _new_people(values: Values) -> str:
    people, of = int(values["people"]), int(values["of"])
    if people == of:
        return _("Has not worked with anybody in this group before.")
    words = ngettext(
        "Has not worked with %(people)d of the others before.",
        "Has not worked with %(people)d of the others before.",
        people,
    )
    return words % {"people": people}


def _evens_sizes(values: Values) -> str:
    size = int(values["size"])
    words = ngettext(
        "Keeps the groups even: this one has %(size)d person.",
        "Keeps the groups even: this one has %(size)d people.",
        size,
    )
    return words % {"size": size}


_REASONS: dict[str, Callable[[Values], str]] = {
    "own_challenge": lambda values: _("The institution brings this challenge."),
    "fixed": lambda values: _("A facilitator settled this place."),
    "only_of_institution": lambda values: _("Nobody else of the institution is in this group."),
    "adds_country": _adds_country,
    "adds_tier": lambda values: (
        _("The only one of this level here: %(tier)s.") % {"tier": Tier(str(values["tier"])).label}
    ),
    "shares_language": lambda values: (
        _("All in the group speak this language: %(language)s.")
        % {"language": get_language_info(str(values["language"]))["name_translated"]}
    ),
    "new_people": _new_people,
    "evens_sizes": _evens_sizes,
}

_WISHES = {
    "size_wished": gettext_lazy("Groups of another size than wished"),
    "even_sizes": gettext_lazy("Groups of uneven size"),
    "own_institution": gettext_lazy("Groups with nobody of the institution that brings the challenge"),
    "one_per_institution": gettext_lazy("Several people of one institution in a group"),
    "three_countries": gettext_lazy("Groups with people of fewer than three countries"),
    "shared_language": gettext_lazy("Groups without a language that all speak"),
    "mixed_tiers": gettext_lazy("Groups with people of one level only"),
    "new_people": gettext_lazy("People who have worked together before"),
    "kept_out": gettext_lazy("People in a group that they were kept out of"),
}

_WHERE: dict[str, Callable[[Values], str]] = {
    "size_wished": lambda values: _("Group %(group)d: %(size)d instead of %(wished)d") % values,
    "even_sizes": lambda values: _("The smallest has %(fewest)d, the largest %(most)d.") % values,
    "three_countries": lambda values: _("Group %(group)d (countries: %(countries)d)") % values,
    "shared_language": lambda values: (
        _("Group %(group)d; who does not speak what most speak: %(who)s") % values
    ),
}

_WHYS: dict[str, Callable[[Values], str]] = {
    "nobody_here": lambda values: _("Nobody of this institution takes part on this day."),
    "more_challenges_than_people": lambda values: (
        _("The institution brings more challenges (%(challenges)d) than it has people here (%(people)d).")
        % values
    ),
    "more_people_than_groups": lambda values: (
        _("The institution has more people (%(people)d) than there are groups (%(groups)d).") % values
    ),
    "too_few_countries": lambda values: (
        _("Too few countries take part on this day. Countries: %(countries)d.") % values
    ),
    "group_too_small": lambda values: _("The group is too small for that. People: %(size)d.") % values,
    "too_few_from_elsewhere": lambda values: _(
        "Most people come from the same countries, and the others are too few for all groups."
    ),
    "no_language_in_common": lambda values: _("Somebody shares no language with anybody else."),
    "too_few_of_other_tiers": lambda values: _(
        "Most people are of the same level, and the others are too few for all groups."
    ),
    "knows_most": lambda values: _("They have worked with most people of this day already."),
    "kept_out_everywhere": lambda values: _("They are kept out of all groups."),
    "settled_by_hand": lambda values: _("It follows from what was settled by hand."),
    "others_would_lack": lambda values: _("Otherwise the other groups would be too small or too large."),
    "not_found": lambda values: _("The search found nothing better. Another proposal may."),
}
