"""Patterns of policies as text: matching in linear time, and names written so that nothing in them is a wildcard.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html (`${*}`, `${?}`, `${$}`)
"""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[*?]|\$(?=\{)")
_ESCAPED = re.compile(r"\$\{([*?$])\}")


def escaped(name: str) -> str:
    """A name as a policy writes it literally."""
    return _SPECIAL.sub(lambda found: f"${{{found[0]}}}", name)


def unescaped(pattern: str) -> str:
    """The name behind what `escaped` wrote. What a `*` of the pattern stands for is not in it."""
    return _ESCAPED.sub(lambda found: found[1], pattern)


def is_open(pattern: str) -> bool:
    """True when a pattern has a wildcard: it is then more than one name."""
    return bool({"*", "?"} & set(_ESCAPED.sub("", pattern)))


def glob(pattern: str, text: str) -> bool:
    """Does the pattern cover the text? One pass with one place to go back to: no pattern takes more than their product.

    A wildcard of the text is a letter like any other: what covers it covers everything it stands for.
    """
    at = place = 0
    star, back = -1, 0
    while place < len(text):
        letter = pattern[at] if at < len(pattern) else ""
        if letter == "*":
            star, back = at, place
            at += 1
        elif letter and (letter == text[place] or (letter == "?" and text[place] != "*")):
            at += 1
            place += 1
        elif star >= 0:
            back += 1
            at, place = star + 1, back
        else:
            return False
    return not pattern[at:].strip("*")
