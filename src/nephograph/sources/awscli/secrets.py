"""What of an answer is never kept: values that speak of a credential by their name, their neighbour or their form."""

from __future__ import annotations

import base64
import binascii
import functools
from collections.abc import Callable
from typing import Any, Literal

from nephograph.model.value import Reason, Unknown
from nephograph.sources.awscli.services import squashed
from nephograph.sources.credentials import mask, names_secret, without_secrets

_NAMES = ("Name", "name", "Key", "key", "ParameterKey", "OutputKey", "AttributeName")
"""Members that name what stands in a member beside them: environments, parameters, outputs."""

_VALUES = ("Value", "value", "ParameterValue", "OutputValue", "StringValue")
_ALWAYS = frozenset({"secretstring", "secretbinary", "plaintext", "keymaterial"})
_USER_DATA = "userdata"
_SHORTEST_SIGNED = 40
_SIGNED = "X-Amz-Signature="
"""A signed address opens what it points to for everybody who has it."""


Rule = Literal["open", "secret", "always", "user-data"]


def without_credentials(value: Any, hide: Callable[[str], None], name: str = "") -> Any:
    """The value with every credential replaced by Unknown(SENSITIVE); `hide` is told each, so that no line shows it.

    What holds none stays the very same object.
    """
    if isinstance(value, str):
        return _text(value, hide, name)
    if isinstance(value, list):
        elements = [without_credentials(child, hide, name) for child in value]
        return elements if any(new is not old for new, old in zip(elements, value, strict=True)) else value
    if not isinstance(value, dict):
        return value
    beside = next((value[key] for key in _NAMES if key in value and isinstance(value[key], str)), "")
    secret = value.get("Type") == "SecureString" or (beside != "" and names_secret(beside.rpartition("/")[2]))
    inherited = _rule(name) == "user-data"
    kept: dict[str, Any] = {}
    changed = False
    for key, child in value.items():
        if secret and key in _VALUES and isinstance(child, str) and child:
            new: Any = _hidden(child, hide, beside or key)
        elif child is None or isinstance(child, bool | int | float):
            new = child
        else:
            new = without_credentials(child, hide, name if inherited else key)
        kept[key] = new
        changed = changed or new is not child
    return kept if changed else value


@functools.lru_cache(maxsize=8192)
def _rule(name: str) -> Rule:
    """What a member's name says of the texts below it."""
    word = squashed(name)
    if word in _ALWAYS:
        return "always"
    if word == _USER_DATA:
        return "user-data"
    return "secret" if names_secret(name) else "open"


def _text(value: str, hide: Callable[[str], None], name: str) -> Any:
    rule = _rule(name)
    if rule == "open":
        return _hidden(value, hide, name) if len(value) > _SHORTEST_SIGNED and _SIGNED in value else value
    if rule == "secret":
        return _hidden(value, hide, name) if isinstance(without_secrets(value, name), Unknown) else value
    return _hidden(value, hide, name) if value and (rule == "always" or _holds_credential(value)) else value


def _hidden(value: str, hide: Callable[[str], None], name: str) -> Unknown:
    hide(value)
    return Unknown(Reason.SENSITIVE, name)


def _holds_credential(encoded: str) -> bool:
    try:
        text = base64.b64decode(encoded, validate=True).decode("utf-8", errors="replace")
    except (binascii.Error, ValueError):
        text = encoded
    return any(mask(line) != line for line in text.splitlines())
