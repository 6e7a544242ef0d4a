"""Masking of what looks like a credential in lines that are shown to people.

A mask keeps length and columns, so that carets still point at the right place. It is a net with a fine mesh, not a
proof: a secret that looks like an ordinary word and stands under an ordinary name is not recognised.
"""

from __future__ import annotations

import functools
import operator
import re
from typing import Any

from nephograph.model.value import Reason, Unknown

MASK = "*"

_SECRET_WORDS = (
    r"password|passwd|passphrase|pwd|secret|token|api_?key|apikey|access_?key|secret_?key|private_?key|"
    r"account_?key|auth_?key|encryption_?key|shared_?key|client_?secret|credentials?|connection_?string"
)

_SECRET_NAME = (
    rf"[\w.-]*(?:{_SECRET_WORDS})"
    r"(?:_?(?:value|text|data|base64|wo|string|binary|pem|pem_pkcs8|openssh))?"
)

_QUOTED = re.compile(rf'(?i)(?<![\w.-]){_SECRET_NAME}["\']?\s*[=:]\s*(["\'])(?P<secret>(?:\\.|(?!\1).)+)\1')
"""`password = "…"`, `"client_secret": '…'`: what stands between the quotes."""

_ASSIGNED = re.compile(rf"(?i)(?<![\w.-]){_SECRET_NAME}=(?P<secret>[^\s\"'`;&|)}}]+)")
"""`export DB_PASSWORD=…` inside a script."""

_PLAIN = re.compile(rf"(?i)^[-+ ]?\s*(?:-\s+)?{_SECRET_NAME}:\s+(?P<secret>[^\s\"'!{{\[&*|>#][^#]*?)\s*(?:#.*)?$")
"""`DB_PASSWORD: …` in YAML, which needs no quotes; a line of a diff begins with its sign."""

_CHOSEN = re.compile(rf"(?i)(?<![\w.-]){_SECRET_NAME}\s*=[^=?\"'][^?]*\?(?P<arms>.*)$")
"""`password = var.prod ? "…" : "…"`: the texts in the arms of a conditional."""

_LITERAL = re.compile(r'"(?P<secret>(?:\\.|[^"\\])+)"')

_SHAPES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])",
        r"\bgh[pousr]_[A-Za-z0-9]{20,}",
        r"\bgithub_pat_[A-Za-z0-9_]{20,}",
        r"\bglpat-[A-Za-z0-9_-]{16,}",
        r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}",
        r"\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}",
        r"\bAIza[A-Za-z0-9_-]{35}",
        r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*",
        r"(?<=://)[^\s/@:\"']*:[^\s/@\"'$]+(?=@)",
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*",
        r"^\s*[A-Za-z0-9+/]{40,}={0,2}\s*$",
    )
)

_LONG_RANDOM = re.compile(r"(?<=[\"'])[A-Za-z0-9/+]{40}(?=[\"'])")
"""The shape of an AWS secret access key; a hash in hexadecimal has the length too and is left alone."""

_SUSPECT = re.compile(
    rf"(?i:{_SECRET_WORDS})|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox|k_live_|k_test_|AIza|eyJ|://|-----BEGIN|"
    r"[A-Za-z0-9+/]{40}"
)
"""What every pattern above needs to match: most lines have none of it and are asked nothing more."""

_REFERENCE = re.compile(
    r"^\s*(?:\$\{[^}]*\}\s*)+$|^\$\(?\w+\)?$|^\$\([\w./-]+\)?$|^(?:var|local|data|module|each)\.|^arn:"
)


def mask(line: str) -> str:
    """The line with everything that looks like a credential replaced by stars, length and columns kept."""
    if _SUSPECT.search(line) is None:
        return line
    for pattern in (_QUOTED, _ASSIGNED, _PLAIN):
        line = pattern.sub(_mask_group, line)
    if "?" in line and (chosen := _CHOSEN.search(line)) is not None:
        line = line[: chosen.start("arms")] + _LITERAL.sub(_mask_group, chosen.group("arms"))
    for pattern in _SHAPES:
        line = pattern.sub(lambda match: _stars(match.group()), line)
    return _LONG_RANDOM.sub(lambda match: _stars(match.group()) if _mixed(match.group()) else match.group(), line)


def mask_text_values(line: str) -> str:
    """The line with every quoted text masked: for lines that are known to hold a secret (a sensitive default)."""
    return re.sub(r'"((?:\\.|[^"\\])*)"', lambda match: f'"{_stars(match.group(1))}"', line)


@functools.lru_cache(maxsize=4096)
def names_secret(name: str) -> bool:
    """True when a variable or attribute of this name is expected to hold a credential."""
    return name not in _OPEN_NAMES and re.fullmatch(rf"(?i){_SECRET_NAME}", name) is not None


_OPEN_NAMES = frozenset({"event_source_token", "EventSourceToken"})
"""Names that read like a credential's and are none: this one stands in the clear in a function's policy."""

_POINTERS = ("arn:", "alias/", "projects/", "/", "https://", "ssm:", "vault:")
"""How texts begin that say where a credential is kept: the place is no credential."""


def without_secrets(value: Any, name: str = "") -> Any:
    """The value with every literal text under a name that speaks of a credential replaced by Unknown(SENSITIVE).

    What is not kept cannot be printed. References, unknown pieces and pointers to a place stay.
    """
    if isinstance(value, str):
        hide = bool(value) and names_secret(name) and not value.startswith(_POINTERS)
        return Unknown(Reason.SENSITIVE, name) if hide else value
    # What holds no credential stays the very same object: large values are shared by many instances.
    if isinstance(value, dict):
        changed = {k: new for k, child in value.items() if (new := without_secrets(child, str(k))) is not child}
        return {**value, **changed} if changed else value
    if isinstance(value, list):
        elements = [without_secrets(child, name) for child in value]
        return type(value)(elements) if any(map(operator.is_not, elements, value)) else value
    if isinstance(value, Unknown) and value.among:
        # (what is written in an arm of a conditional is written in code)
        written = any(without_secrets(one, name) is not one for one in value.among)
        return Unknown(Reason.SENSITIVE, name) if written else value
    return value


def _mask_group(match: re.Match[str]) -> str:
    secret = match.group("secret")
    if _REFERENCE.match(secret):
        return match.group()
    start, end = match.start("secret") - match.start(), match.end("secret") - match.start()
    whole = match.group()
    return whole[:start] + _stars(secret) + whole[end:]


def _stars(text: str) -> str:
    # White space stays, so that an indented key keeps its shape.
    return "".join(MASK if not char.isspace() else char for char in text)


def _mixed(text: str) -> bool:
    return any(char.isupper() for char in text) and any(char.islower() for char in text)
