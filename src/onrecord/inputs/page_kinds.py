"""Whether a page holds one article, or is a list of them, a form, or nothing to read."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.inputs.page_words import BLOCKS, words_of

_LEAST_WORDS = 25
# A page with a field for a password and few words is there for the field.
_LEAST_WORDS_BESIDE_LOGIN = 120
_HEADINGS = ("h2", "h3", "h4")
# As many headlines that are links make a list, unless more paragraphs stand for each.
_LEAST_TEASERS = 4
_PARAGRAPHS_PER_TEASER = 2.5


def why_no_article(root: Any, text: str, *, is_declared: bool) -> str | None:
    """Why there is no article, in words for the user; None when there is one.

    Args:
        root: Of the page's tree, without the boxes of links.
        text: Its running text.
        is_declared: Whether the page says that it is an article.
    """
    n_words = len(text.split())
    if n_words == 0:
        return "no text of an article was found in the page"
    if n_words < _LEAST_WORDS:
        return f"the page has {n_words} words of running text, too few for an article"
    if is_declared:
        return None
    if n_words < _LEAST_WORDS_BESIDE_LOGIN and _has_login(root):
        return "the page asks to sign in and has little text"
    if _is_list(root, text):
        return "the page lists several articles; give their own addresses"
    return None


def kept_blocks(root: Any, text: str) -> list[Any]:
    """The elements whose words stand as lines in the text."""
    lines = {" ".join(line.split()) for line in text.split("\n")}
    lines.discard("")
    return [
        element
        for element in root.iter("p", "li", "div", "blockquote", "h2", "h3", "h4", "pre", "dd")
        if not any(child.tag in BLOCKS for child in element) and (words_of(element) or "") in lines
    ]


def common_ancestor(elements: Iterable[Any]) -> Any:
    """The lowest element that holds all of them and is none of them; None for no elements."""
    common: list[Any] | None = None
    for element in elements:
        above = list(element.iterancestors())
        if common is None:
            common = above
            continue
        known = set(above)
        common = common[next((n for n, one in enumerate(common) if one in known), len(common)) :]
    return common[0] if common else None


def _has_login(root: Any) -> bool:
    return any((field.get("type") or "").lower() == "password" for field in root.iter("input"))


def _is_list(root: Any, text: str) -> bool:
    """Whether no single one of several articles, or of headlines that are links, stands out."""
    blocks = kept_blocks(root, text)
    around = common_ancestor(blocks)
    return _has_several_articles(blocks) or (
        around is not None and _has_linked_headings(around, len(blocks))
    )


def _has_several_articles(blocks: Sequence[Any]) -> bool:
    n_words: Counter[Any] = Counter()
    for block in blocks:
        article = next((one for one in block.iterancestors() if one.tag == "article"), None)
        n_words[article] += len((words_of(block) or "").split())
    total = n_words.total()
    n_articles = sum(article is not None for article in n_words)
    return n_articles >= _LEAST_TEASERS and 2 * max(n_words.values()) < total


def _has_linked_headings(around: Any, n_blocks: int) -> bool:
    n_teasers = 0
    for heading in around.iter(*_HEADINGS):
        outer = heading.getparent()
        words = words_of(heading)
        linked = [words_of(a) for a in heading.iter("a")]
        is_teaser = words is not None and (
            words in linked or (outer is not None and outer.tag == "a")
        )
        n_teasers += is_teaser and len((words or "").split()) >= 3
    return n_teasers >= _LEAST_TEASERS and n_blocks < _PARAGRAPHS_PER_TEASER * n_teasers
