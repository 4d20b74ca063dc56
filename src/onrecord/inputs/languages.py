"""Whether a text is English, by the share of its commonest words."""

import re

# The commonest function words of English (any frequency list has them).
_COMMON = frozenset(
    """the of and to in a is that for it was on with as be by at this had not are but from or
    have an they which you were her all his has their will been said who more when what he she
    we i its after about would there one also than over two into out""".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 20
_LEAST_SHARE = 0.18
_LOOKED_AT = 4000


def language_of(text: str, *, declared: str | None = None) -> str | None:
    """English when the text is plainly that; else the language that is declared, or None.

    A text that is declared to be English and plainly is not has no known language.

    >>> language_of("Bonjour.", declared="fr"), language_of("Hello.")
    ('fr', None)
    """
    words = [w.lower() for w in _WORD.findall(text[:_LOOKED_AT])]
    if len(words) < _LEAST_WORDS:
        return declared
    share = sum(w in _COMMON for w in words) / len(words)
    if share >= _LEAST_SHARE:
        return "en"
    return None if declared == "en" else declared
