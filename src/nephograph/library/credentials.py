"""Names and values of settings that hold credentials, as checks see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nephograph.catalog.readers import held_in_code
from nephograph.library.sdk import Bad
from nephograph.model.resource import Resource
from nephograph.model.value import Reason, Unknown
from nephograph.model.verdict import Evidence, depends, yes

_NAME = re.compile(r"(?i)(passw(or)?d|secret|token|api_?key|private_?key|credential)")
_POINTER = re.compile(r"(?i)(_arn|_name|_id|_path|_file|_url|_ttl|_expiry)$")


def holds_credential(name: str, value: object) -> bool:
    """Does a setting of this name hold a credential that is written in the code?

    Sources do not keep what looks like one: then that it was written is all that is known of it. A value that points
    to where a credential is kept is none.
    """
    speaks, points = _NAME.search(name) is not None, _POINTER.search(name) is not None
    if isinstance(value, Unknown):
        return value.reason is Reason.SENSITIVE and not (speaks and points)
    literal = isinstance(value, str) and value != "" and not value.startswith("arn:")
    return literal and speaks and not points


def names_credential(name: str) -> bool:
    """Does this name say that a credential, and not the place of one, stands under it?"""
    return _NAME.search(name) is not None and _POINTER.search(name) is None


_ASSIGNED = re.compile(
    r"(?i)\b(?P<name>\w*(?:passw(?:or)?d|secret|token|api_?key|private_?key|access_?key)\w*)\s*[=:]\s*"
    r"[\"']?(?P<value>[^\s\"'$`(){}<>;|&,]{6,})"
)
_SHAPES = (
    (re.compile(r"(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])"), "an access key of AWS"),
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"), "a private key"),
    (re.compile(r"\bgh[pousr]_[A-Za-z0-9]{20,}"), "a token of GitHub"),
    (re.compile(r"://[^\s/@:\"'$]+:[^\s/@\"'$(){}<>]{3,}@"), "a password in an address"),
)
_PLACE = ("arn:", "/", "ssm:", "vault:", "http", "alias/")
"""How values begin that say where a credential is kept."""


def credential_in(text: object) -> str | None:
    """What credential a script holds, in words that do not show it: None where it holds none.

    Of a script with one, sources keep that much alone.
    """
    if isinstance(text, Unknown) and text.reason is Reason.SENSITIVE:
        return "a credential"
    if isinstance(text, Unknown):
        # Of a text that is put together the written pieces are looked through: a variable stands in no code.
        text = "".join(part if isinstance(part, str) else "${}" for part in text.parts)
    if not isinstance(text, str):
        return None
    for shape, words in _SHAPES:
        if shape.search(text):
            return words
    for found in _ASSIGNED.finditer(text):
        name, value = found["name"], found["value"]
        if not _POINTER.search(name) and not value.startswith(_PLACE):
            return f"a value for {name}"
    return None


def may_be_written(setting: object) -> bool:
    """May the code hold a credential in settings, or a script, of which nothing at all is known?

    Never what a variable without a value, a data source or the cloud will say: the code does not hold that.
    """
    return isinstance(setting, Unknown) and not setting.parts and held_in_code(setting) is not False


def in_start_script(machine: Resource, *path: str | int) -> Iterator[Bad]:
    """A finding where the start script of a machine, or of what makes machines, holds a credential."""
    script = machine.get(*path)
    message = f"the start script of {machine.label} holds a credential"
    found = credential_in(script)
    if found is not None:
        yield Bad(message, yes(Evidence.at(f"the start script holds {found}", machine, path)), path)
    elif may_be_written(script):
        yield Bad(message, depends(str(script)), path)
