"""The texts that every Open Space begins with, in the reader's language."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Text(NamedTuple):
    title: str | Promise
    text: str | Promise


PRINCIPLES = (
    Text(
        _("Whoever comes are the right people."),
        _("Two people who care can do more than twenty who were sent."),
    ),
    Text(
        _("Whatever happens is the only thing that could have."),
        _("Let go of what might have been. Work with what is here."),
    ),
    Text(
        _("Whenever it starts is the right time."),
        _("Good thoughts do not come by the clock. The round gives a frame, no more."),
    ),
    Text(
        _("When it is over, it is over."),
        _("When you are done, stop. When you are not, ask for one more round."),
    ),
    Text(
        _("Wherever it happens is the right place."),
        _("A room, the lounge, a break: good talk needs no permission."),
    ),
)

LAW = Text(
    _("The law of mobility"),
    _("If you are neither learning nor giving here, go where you can. Nobody will ask why."),
)

FIGURES = (
    Text(
        _("Bumblebees"),
        _("They go from group to group and carry ideas with them, as bumblebees carry pollen."),
    ),
    Text(
        _("Butterflies"),
        _("They join no group. They sit in the lounge or by the window, and good talks begin beside them."),
    ),
    Text(_("Nowhere"), _("It is fine to be in no room at all. Think, rest, walk; come back when you like.")),
)
