"""What a person was told goes, and how they wanted to be told; and what others were told of them, with their words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from synergy.notices.models import Browser, Choice, Notice, QuietHours
from synergy.people.erasing import Swap
from synergy.people.models import Person


def erase(person: Person, swap: Swap, now: datetime) -> Mapping[str, int]:
    """See `synergy.people.erasing.register`."""
    theirs, names = Swap({person.name: "", person.email: ""}), Q()
    for spelling in theirs.asked:
        names |= Q(said__icontains=spelling)
    rows = Notice.objects.annotate(said=Cast("values", TextField())).filter(names).values_list("pk", "said")
    # A name may be part of another word, which is not theirs.
    others = Notice.objects.filter(pk__in=[pk for pk, said in rows if theirs.matches(said)])
    return {
        "notices": Notice.objects.filter(person=person).delete()[0],
        "notices to others that name the person": others.delete()[0],
        "choices of notices": Choice.objects.filter(person=person).delete()[0],
        "browsers that are pushed": Browser.objects.filter(person=person).delete()[0],
        "quiet hours": QuietHours.objects.filter(person=person).delete()[0],
    }
