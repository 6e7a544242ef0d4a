"""What the caller chooses: some keys of a request, and which object of a bucket. "Can" means: some choice is allowed.

Every choice is made concrete, and the scalar evaluation is run on it. A wildcard of a policy becomes a symbol: what
holds of the symbol holds of every text, so these few choices stand for all.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

import msgspec

from nephograph.engines.identity.condition import Context, Known, describe
from nephograph.engines.identity.pattern import ANY, ONE, NoValueError, Tokens, pattern
from nephograph.engines.identity.request import Principal, of_principal
from nephograph.engines.identity.statement import Test
from nephograph.model.value import CLOSE, OPEN, has_symbol

LIMIT = 256
"""How many combinations of choices are tried; beyond, the answer is left open."""

OTHER = "\uf8ffother"
"""A value that no policy names: a character for private use, which no API takes."""

_CHOSEN = {
    "aws:securetransport",
    "aws:useragent",
    "aws:referer",
    "aws:requestedregion",
    "aws:tagkeys",
    "aws:sourceip",
    "s3:prefix",
    "s3:delimiter",
    "s3:max-keys",
    "s3:authtype",
    "s3:signatureversion",
    "s3:tlsversion",
    "s3:versionid",
    "sts:rolesessionname",
    "iam:passedtoservice",
    "iam:awsservicename",
    "iam:policyarn",
}
_CHOSEN_BELOW = ("aws:requesttag/", "s3:x-amz-", "s3:requestobjecttag", "kms:encryptioncontext")
_ALWAYS = {"aws:securetransport", "aws:requestedregion"}
"""Keys that every request carries."""


class Option(msgspec.Struct, frozen=True):
    """One choice of one key. `needs` is what the caller must have for it; `words` say the choice."""

    known: Known
    words: str = ""
    needs: str = ""


class Choice(msgspec.Struct, frozen=True):
    """The options of one key; `complete` when they stand for every value the caller could choose."""

    key: str
    options: tuple[Option, ...]
    complete: bool


def is_chosen(key: str) -> bool:
    """Does the caller decide the value of this key? Of a key that is not known whole, nobody can tell."""
    if has_symbol(key):
        return False
    low = key.lower()
    return low in _CHOSEN or low.startswith(_CHOSEN_BELOW)


def choices(tests: Iterable[Test], principal: Principal, context: Context) -> list[Choice]:
    """The keys among the conditions' that this caller chooses, in order of name, each with its options."""
    by_key: dict[str, list[Test]] = {}
    for test in tests:
        if is_chosen(test.key) and not isinstance(context.get(test.key), tuple):
            by_key.setdefault(test.key.lower(), []).append(test)
    return [_choice(key, by_key[key], context) for key in sorted(by_key)]


def fixed(tests: Iterable[Test], principal: Principal) -> dict[str, Known]:
    """Keys of these conditions that a principal without an identity cannot carry."""
    if principal.kind not in ("anonymous", "service", "federated"):
        return {}
    return {test.key: None for test in tests if of_principal(test.key)}


def _choice(key: str, tests: list[Test], context: Context) -> Choice:
    if key == "aws:sourceip":
        # From the internet the address is somewhere; through a VPC endpoint the key is missing.
        return Choice(
            key,
            (
                Option(("0.0.0.0/0",)),
                Option(("::/0",)),
                Option(None, needs="if the request comes through a VPC endpoint"),
            ),
            complete=False,
        )
    values: dict[str, None] = {}
    complete = True
    for test in tests:
        complete = complete and _enumerable(test)
        for value in test.values:
            samples = _samples(test, value, context, len(values))
            complete = complete and bool(samples) and not (_is_wild(test) and _strange(value))
            values |= dict.fromkeys(samples)
    if any(test.operator.lower().removesuffix("ifexists") == "bool" for test in tests):
        values = {"true": None, "false": None}
    else:
        values[OTHER] = None
    name = tests[0].key
    options = [Option((value,), _words(name, value, tests)) for value in values]
    if key not in _ALWAYS:
        options.append(Option(None, f"{name} is left out"))
    return Choice(key, tuple(options), complete)


def _words(name: str, value: str, tests: list[Test]) -> str:
    if value == OTHER:
        return f"{name} is none of the values that policies name"
    if OPEN in value or OTHER[0] in value:
        return next((f"{describe(t)}, chosen by the caller" for t in tests if t.values), f"{name} is chosen to match")
    return f"{name} is {value}, chosen by the caller"


def _enumerable(test: Test) -> bool:
    """Can a few values stand for all under this operator?"""
    operator = test.operator.lower().removesuffix("ifexists")
    return operator in (
        "stringequals",
        "stringnotequals",
        "stringlike",
        "stringnotlike",
        "bool",
        "null",
    ) or operator.startswith("numeric")


def _strange(value: str) -> bool:
    """A pattern that would cover even `OTHER`, but not everything: values outside it are not represented."""
    return "*" in value and value.strip("*") != "" and value.strip("*").strip("?") == ""


def _is_wild(test: Test) -> bool:
    """Do the operator's values hold wildcards?"""
    return "like" in test.operator.lower() or "arn" in test.operator.lower()


def _samples(test: Test, value: str, context: Context, number: int) -> list[str]:
    """Values that match the pattern: each wildcard an unknown text, and one with texts that nothing else names.

    Empty when a variable has no value.
    """
    if not _is_wild(test):
        return [value, *_neighbours(test, value), *_resolved(value, context)]
    try:
        tokens = pattern(value, context.variable)
    except NoValueError:
        return []
    return ["".join(shape(tokens, f"text {number}")), "".join({ANY: OTHER, ONE: OTHER[0]}.get(t, t) for t in tokens)]


def _resolved(value: str, context: Context) -> list[str]:
    """The text with its variables replaced, where it has some."""
    if "${" not in value:
        return []
    try:
        return ["".join(pattern(value, context.variable, wild=False))]
    except NoValueError:
        return []


def shape(tokens: Tokens, name: str) -> Iterator[str]:
    """The tokens with a symbol of its own for every wildcard."""
    count = itertools.count(1)
    for token in tokens:
        yield f"{OPEN}{OTHER[0]}{name}.{next(count)}{CLOSE}" if token in (ANY, ONE) else token


def _neighbours(test: Test, value: str) -> list[str]:
    """For numbers, the values just beside the one that is named."""
    if not test.operator.lower().startswith("numeric"):
        return []
    try:
        number = float(value)
    except ValueError:
        return []
    return [f"{number - 1:g}", f"{number + 1:g}"]


_STAND_INS = re.compile(f"{OPEN}{OTHER[0]}[a-z]+ [0-9.]+{CLOSE}|{OTHER}|{OTHER[0]}")


def is_stand_in(text: str) -> bool:
    """Does the text start with the stand-in of a wildcard?"""
    return text.startswith(OPEN + OTHER[0])


def readable(text: str) -> str:
    """A text with `*` for every stand-in of a wildcard."""
    return _STAND_INS.sub("*", text)
