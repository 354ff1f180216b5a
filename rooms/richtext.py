"""The text of a message as a tree of nodes, parsed once on the server and drawn by page and client alike.

The safe subset of Markdown is: bold, italic, code, links, lists, quotes and blocks of code. There is
no HTML and no picture. A heading is a bold line, and a line break is a line break. Bare links become
links. All words that were written stay: what would change their meaning ("3. August" as item 1, "+ 5"
as a bullet) stays as it was written, and a text that nests too deep or has too many nodes stays plain.

    block:  ["p", *inline]  ["ul" | "ol", *items]  ["quote", *blocks]  ["pre", text]
    item:   ["li", *(inline or "ul" or "ol")]
    inline: text  ["b" | "i", *inline]  ["code", text]  ["a", href, *inline]  ["br"]  ["at", person id, name]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from rooms.links import BARE_LINK, href_of_bare, safe_href

Node = str | list[Any]

NODE_LIMIT = 600
BLOCK_DEPTH = 6
INLINE_DEPTH = 8
BRACKET_LIMIT = 100
"""Opening brackets take the parser time in the square of their number."""

_RULES = (
    *("blockquote", "fence", "heading", "list"),
    *("autolink", "backticks", "emphasis", "link", "newline", "balance_pairs"),
)
"""Without `escape`: people paste `\\\\server\\_folder` more often than they write `\\*`."""
_MAY_BE_MARKED_UP = re.compile(r"[*_`\[<#>@]|://|www\.|^\s*(?:[-+]|\d+[.)])\s", re.MULTILINE)
_BARE = re.compile(BARE_LINK)
_SCHEME = re.compile(r"(?i:https?)\Z")
_INLINE_KINDS = {"strong_open": "b", "em_open": "i", "link_open": "a"}


class RichText(NamedTuple):
    """`doc` is None when the text is plain; `mentions` are those of the asked persons who are really named."""

    doc: list[Node] | None
    mentions: list[int]


class _TooComplex(Exception):
    """More depth or nodes than a message may have."""


class _Parser(MarkdownIt):
    """Markdown that lets only safe links be links, and leaves their text as it was written."""

    def __init__(self) -> None:
        # Deeper blocks would be dropped; long before that we call the text too complex.
        super().__init__("zero", {"maxNesting": 40})
        self.enable(list(_RULES))
        self.inline.ruler.before("text", "bare_link", _bare_link)

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return safe_href(url) is not None

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return safe_href(url) or ""

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


@cache
def _parser() -> _Parser:
    return _Parser()


def parse_rich_text(text: str, people: Mapping[int, str] | None = None) -> RichText:
    """Reads a cleaned text. `people` are the ids and names of who may be mentioned in it as `@Name`."""
    names = _Names(people or {})
    if not names and not _MAY_BE_MARKED_UP.search(text):
        return RichText(None, [])
    if text.count("[") > BRACKET_LIMIT:
        return RichText(None, names.all_in(text))
    try:
        doc = _Builder(names).blocks(_parser().parse(text))
    except (_TooComplex, RecursionError):
        return RichText(None, names.all_in(text))
    return RichText(None if _is_plain(doc) else doc, names.found)


def plain_words(doc: Sequence[Node]) -> str:
    """The text of a document without its markup."""
    return "".join(map(_plain, doc))


def _plain(node: Node) -> str:
    if isinstance(node, str):
        return node
    kind, *content = node
    match kind:
        case "br":
            return " "
        case "at":
            return f"@{content[1]}"
        case "a":
            return plain_words(content[1:])
        case "b" | "i" | "code":
            return plain_words(content)
    return f" {plain_words(content)} "


def _bare_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's way of calling
    """Takes a whole web address before `_` and `*` in it can be taken for markup."""
    if state.src[state.pos] != ":" or state.linkLevel:
        return False
    scheme = _SCHEME.search(state.src, max(0, state.pos - 6), state.pos)
    found = scheme and _BARE.match(state.src, scheme.start())
    if not scheme or not found or not state.pending.endswith(scheme[0]):
        return False
    link, href = href_of_bare(found[0])
    if href is None:
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[0])]
        state.push("link_open", "a", 1).attrs = {"href": href}
        state.push("text", "", 0).content = link
        state.push("link_close", "a", -1)
    state.pos = scheme.start() + len(link)
    return True


def _is_plain(doc: Sequence[Node]) -> bool:
    return all(
        block[0] == "p" and all(isinstance(node, str) or node == ["br"] for node in block[1:])
        for block in doc
    )


class _Names:
    """Who may be mentioned, and who has been."""

    def __init__(self, people: Mapping[int, str]) -> None:
        self._ids: dict[str, list[int]] = {}
        for person, name in people.items():
            self._ids.setdefault(name, []).append(person)
        self.found: list[int] = []
        longest_first = sorted(self._ids, key=len, reverse=True)
        alternatives = "|".join(map(re.escape, longest_first)) or r"(?!)"
        self.pattern = rf"(?<!\w)@(?P<name>{alternatives})(?!\w)"

    def __bool__(self) -> bool:
        return bool(self._ids)

    def mention(self, name: str) -> int:
        """The person meant; of several with one name, each in turn."""
        ids = self._ids[name]
        person = ids.pop(0) if len(ids) > 1 else ids[0]
        if person not in self.found:
            self.found.append(person)
        return person

    def all_in(self, text: str) -> list[int]:
        for match in re.finditer(self.pattern, text):
            self.mention(match["name"])
        return self.found


class _Builder:
    """Makes nodes of tokens, counting them."""

    def __init__(self, names: _Names) -> None:
        self._names = names
        self._left = NODE_LIMIT
        self._special = re.compile(f"{names.pattern}|{BARE_LINK}")

    def blocks(self, tokens: Sequence[Token], depth: int = 0) -> list[Node]:
        self._check(depth, BLOCK_DEPTH)
        nodes: list[Node] = []
        for token, inner in _split(tokens):
            nodes.extend(self._block(token, inner, depth))
        return nodes

    def _block(self, token: Token, inner: Sequence[Token], depth: int) -> list[Node]:
        if token.type == "fence":
            return [self._node("pre", _fenced(token))]
        if token.type == "blockquote_open":
            return [self._node("quote", *self.blocks(inner, depth + 1))]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            return self._list(token, inner, depth)
        nodes = self._inline(inner[0].children or []) if inner else []
        if token.type == "heading_open":
            nodes = [self._node("b", *nodes)] if nodes else []
        return [self._node("p", *nodes)] if nodes else []

    def _list(self, token: Token, inner: Sequence[Token], depth: int) -> list[Node]:
        if _keeps_its_marks(token):
            return self._as_written(inner, depth)
        kind = "ul" if token.type == "bullet_list_open" else "ol"
        items = [self._node("li", *self._item(part, depth + 1)) for _, part in _split(inner)]
        return [self._node(kind, *items)]

    def _as_written(self, inner: Sequence[Token], depth: int) -> list[Node]:
        """The items of a list as paragraphs that start with their mark."""
        nodes: list[Node] = []
        for opening, part in _split(inner):
            item = self._item(part, depth + 1)
            lists = [node for node in item if _is_list(node)]
            words = [node for node in item if not _is_list(node)]
            nodes += [self._node("p", *_joined([f"{opening.info}{opening.markup} ", *words])), *lists]
        return nodes

    def _item(self, tokens: Sequence[Token], depth: int) -> list[Node]:
        """What stands in a list item: words and lists. Blocks in it become lines."""
        nodes: list[Node] = []
        for block in self.blocks(tokens, depth):
            if nodes and not _is_list(block) and not _is_list(nodes[-1]):
                nodes.append(self._node("br"))
            nodes.extend(self._flat(block))
        return _joined(nodes)

    def _flat(self, block: Node) -> Iterator[Node]:
        """A block without its frame."""
        if _is_list(block):
            yield block
        elif block[0] == "pre":
            yield self._node("code", block[1])
        elif block[0] == "quote":
            for number, part in enumerate(block[1:]):
                if number:
                    yield self._node("br")
                yield from self._flat(part)
        else:
            yield from block[1:]

    def _inline(self, tokens: Iterable[Token]) -> list[Node]:
        top: list[Node] = []
        stack: list[list[Node]] = [top]
        titles: list[str] = []
        for token in tokens:
            if token.nesting == 1:
                node = self._node(_INLINE_KINDS[token.type])
                if token.type == "link_open":
                    node.append(str(token.attrs["href"]))
                    titles.append(str(token.attrs.get("title", "")))
                stack[-1].append(node)
                stack.append(node)
                self._check(len(stack), INLINE_DEPTH)
            elif token.nesting == -1:
                stack.pop()
                if token.type == "link_close" and (title := titles.pop()):
                    stack[-1].append(f" ({title})")
            else:
                stack[-1].extend(self._leaf(token, in_link=bool(titles)))
        return _joined(top)

    def _leaf(self, token: Token, *, in_link: bool) -> Iterator[Node]:
        if token.type in ("softbreak", "hardbreak"):
            yield self._node("br")
        elif token.type == "code_inline":
            yield self._node("code", token.content)
        elif in_link:
            yield token.content
        else:
            yield from self._words(token.content)

    def _words(self, text: str) -> Iterator[Node]:
        """The text, with mentions and bare links made nodes."""
        end = 0
        for match in self._special.finditer(text):
            if match["name"]:
                node, stop = self._node("at", self._names.mention(match["name"]), match["name"]), match.end()
            else:
                link, href = href_of_bare(match[0])
                if href is None:
                    continue
                node, stop = self._node("a", href, link), match.start() + len(link)
            yield text[end : match.start()]
            yield node
            end = stop
        yield text[end:]

    def _node(self, kind: str, *content: Any) -> list[Any]:
        self._left -= 1
        self._check(-self._left, 0)
        return [kind, *content]

    def _check(self, amount: int, limit: int) -> None:
        if amount > limit:
            raise _TooComplex


def _split(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """The tokens of one level, each with those that stand inside it."""
    start = 0
    while start < len(tokens):
        stop, open_tags = start, 0
        while True:
            open_tags += tokens[stop].nesting
            stop += 1
            if not open_tags:
                break
        yield tokens[start], tokens[start + 1 : stop - 1]
        start = stop


def _keeps_its_marks(token: Token) -> bool:
    """Whether drawing this list as a list would change what was said."""
    return token.markup == "+" or int(token.attrs.get("start", 1)) != 1


def _fenced(token: Token) -> str:
    """The code, below the words that stood after the opening fence."""
    return "\n".join(filter(None, (token.info.strip(), token.content.rstrip("\n"))))


def _is_list(node: Node) -> bool:
    return node[0] in ("ul", "ol") and not isinstance(node, str)


def _joined(nodes: Iterable[Node]) -> list[Node]:
    """Neighbouring texts made one, empty ones left out, at every depth."""
    joined: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            if node and joined and isinstance(joined[-1], str):
                joined[-1] += node
            elif node:
                joined.append(node)
        elif node[0] in ("b", "i"):
            joined.append([node[0], *_joined(node[1:])])
        elif node[0] == "a":
            joined.append([*node[:2], *_joined(node[2:])])
        else:
            joined.append(node)
    return joined
