"""Finding what a person may open. See the Note [Found through the viewer] in `synergy.search`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from synergy.search.engine import NEWEST, candidates
from synergy.search.excerpts import excerpt, marked
from synergy.search.kinds import Kind, Shown
from synergy.search.models import Document
from synergy.search.words import ALIKE, BEGINS, Term, words_of

CANDIDATES = 200
"""Read from the index at once; the newest first."""
ROUNDS = 4
"""How often more are read, when the person may not open most of them."""
MOST = 100
"""Of each kind; what is older is found with one word more."""


@dataclass(frozen=True)
class Hit:
    """One thing that was found, as the page shows it."""

    shown: Shown
    title: SafeString
    excerpt: SafeString
    language: str


@dataclass(frozen=True)
class Found:
    """Those of one kind, the best first, up to MOST."""

    kind: Kind
    terms: Sequence[Term]
    documents: Sequence[Document]
    has_more: bool

    @property
    def count(self) -> int:
        return len(self.documents)


def find(person: Any, kind: Kind, terms: Sequence[Term]) -> Found:
    """As many queries for many things as for one, up to ROUNDS times; none that the person may not open counts."""
    scopes = None if kind.scopes is None else sorted(kind.scopes(person))
    if scopes == []:
        return Found(kind, terms, [], has_more=False)
    own: list[Document] = []
    before, is_read = NEWEST, False
    for _round in range(ROUNDS):
        page = candidates(kind.name, scopes, terms, before=before, limit=CANDIDATES)
        may = set(kind.visible(person, [each.object_id for each in page])) if page else set()
        own += [each for each in page if each.object_id in may]
        is_read = len(page) < CANDIDATES
        if is_read or len(own) > MOST:
            break
        before = page[-1].pk
    ranked = sorted(own, key=lambda document: _place(document, terms))
    return Found(kind, terms, ranked[:MOST], has_more=not is_read or len(own) > MOST)


def hits_of(person: Any, found: Found, start: int, end: int) -> list[Hit]:
    """Those from `start` to `end` as they are shown. What has gone in this moment is left out."""
    documents = found.documents[start:end]
    if not documents:
        return []
    shown = found.kind.shown(person, [each.object_id for each in documents])
    texts = dict(Document.objects.filter(pk__in=[each.pk for each in documents]).values_list("pk", "text"))
    return [
        Hit(
            shown=shown[each.object_id],
            title=marked(shown[each.object_id].title or each.title, found.terms),
            excerpt=excerpt(texts.get(each.pk, ""), found.terms),
            language=each.language,
        )
        for each in documents
        if each.object_id in shown
    ]


def _place(document: Document, terms: Sequence[Term]) -> tuple[int, int, int, float, int]:
    """Words and their beginnings before what is only alike, title before text, the very word, then the newer."""
    everywhere, title = document.words.split(), words_of(document.title)
    best = min(term.answered_in(everywhere) for term in terms)
    in_title = min(term.answered_in(title) for term in terms)
    is_meant = best >= BEGINS
    is_title = in_title >= (BEGINS if is_meant else ALIKE)
    return (
        0 if is_meant else 1,
        0 if is_title else 1,
        -(in_title if is_title else best),
        -document.at.timestamp(),
        -document.object_id,
    )
