from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from synergy.live.field_forms import whole_number
from synergy.live.limits import Rate
from synergy.live.rates import spend
from synergy.live.refusals import Refused
from synergy.search.finding import MOST, Found, Hit, find, hits_of
from synergy.search.kinds import Kind, all_kinds, kind_named
from synergy.search.words import terms_of

LONGEST = 200
"""Characters of a question."""
FEW = 3
"""Of each kind on the page of all."""
PAGE = 20
RATE = Rate(per_second=1, burst=20)


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    found: Found
    hits: list[Hit]

    @property
    def count(self) -> str:
        return _capped(self.found.count, has_more=self.found.has_more)

    @property
    def has_all(self) -> bool:
        """Whether all that was found stands on this page."""
        return self.found.count <= len(self.hits)


@never_cache
@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`q`: what is asked for; `kind`: of one kind alone; `page`: of these, from 1."""
    question = request.GET.get("q", "").replace("\0", "")[:LONGEST].lstrip()
    terms = terms_of(question)
    kind = kind_named(request.GET.get("kind", ""))
    page: dict[str, Any] = {"question": question, "kind": kind, "is_too_short": bool(question) and not terms}
    if not terms:
        return render(request, "search/search.html", page)
    try:
        spend(request.user.pk or 0, "search", RATE)
    except Refused as refusal:
        answer = render(request, "429.html", {"words": refusal.detail}, status=429)
        answer.headers["Retry-After"] = refusal.headers["Retry-After"]
        return answer
    found = [each for each in (find(request.user, kind, terms) for kind in all_kinds()) if each.count]
    count, has_more = sum(each.count for each in found), any(each.has_more for each in found)
    page |= {"found": found, "all": _capped(count, has_more=has_more)}
    page |= _of_one(request, kind, found) if kind else _of_all(request, found)
    return render(request, "search/search.html", page)


def _of_all(request: HttpRequest, found: list[Found]) -> dict[str, Any]:
    groups = [Group(each, hits_of(request.user, each, 0, FEW)) for each in found]
    count = sum(each.count for each in found)
    return {"groups": groups, "results": _results(count, has_more=any(each.has_more for each in found))}


def _of_one(request: HttpRequest, kind: Kind, found: list[Found]) -> dict[str, Any]:
    own = next((each for each in found if each.kind is kind), None)
    if own is None:
        return {"groups": [], "results": _results(0, has_more=False)}
    pages = -(-own.count // PAGE)
    number = _number(request.GET.get("page", ""), pages)
    hits = hits_of(request.user, own, (number - 1) * PAGE, number * PAGE)
    return {
        "groups": [Group(own, hits)],
        "results": _results(own.count, has_more=own.has_more),
        "number": number,
        "pages": pages,
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if number < pages else None,
        "is_cut": own.has_more and number == pages,
        "most": MOST,
    }


def _number(asked: str, pages: int) -> int:
    return min(max(whole_number(asked), 1), pages)


def _capped(count: int, *, has_more: bool) -> str:
    return f"{count}+" if has_more else str(count)


def _results(count: int, *, has_more: bool) -> str:
    """In words, for the title and the heading."""
    if not count:
        return _("nothing found")
    if has_more:
        return _("more than %(count)d results") % {"count": count}
    return ngettext("%(count)d result", "%(count)d results", count) % {"count": count}
