"""What of an answer is never kept: values that speak of a credential by their name, their neighbour or their form."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

from nephograph.model.value import Reason, Unknown
from nephograph.sources.awscli.services import squashed
from nephograph.sources.credentials import mask, names_secret, without_secrets

_NAMES = ("Name", "name", "Key", "key", "ParameterKey", "OutputKey", "AttributeName")
"""Members that name what stands in a member beside them: environments, parameters, outputs."""

_VALUES = ("Value", "value", "ParameterValue", "OutputValue", "StringValue")
_ALWAYS = frozenset({"secretstring", "secretbinary", "plaintext", "keymaterial"})
_USER_DATA = "userdata"
_SIGNED = "X-Amz-Signature="
"""A signed address opens what it points to for everybody who has it."""


def without_credentials(value: Any, hide: Callable[[str], None], name: str = "") -> Any:
    """The value with every credential replaced by Unknown(SENSITIVE); `hide` is told each, so that no line shows it."""
    if isinstance(value, str):
        return _text(value, hide, name)
    if isinstance(value, list):
        return [without_credentials(child, hide, name) for child in value]
    if not isinstance(value, dict):
        return value
    if squashed(name) == _USER_DATA:
        return {key: _text(child, hide, name) if isinstance(child, str) else child for key, child in value.items()}
    named = next((value[key] for key in _NAMES if isinstance(value.get(key), str)), "")
    secret = value.get("Type") == "SecureString" or names_secret(named.rpartition("/")[2])
    return {
        key: _hidden(child, hide, named or key)
        if secret and key in _VALUES and isinstance(child, str) and child
        else without_credentials(child, hide, str(key))
        for key, child in value.items()
    }


def _text(value: str, hide: Callable[[str], None], name: str) -> Any:
    word = squashed(name)
    if _SIGNED in value or (value and word in _ALWAYS) or (word == _USER_DATA and _holds_credential(value)):
        return _hidden(value, hide, name)
    kept = without_secrets(value, name)
    return _hidden(value, hide, name) if isinstance(kept, Unknown) else value


def _hidden(value: str, hide: Callable[[str], None], name: str) -> Unknown:
    hide(value)
    return Unknown(Reason.SENSITIVE, name)


def _holds_credential(encoded: str) -> bool:
    try:
        text = base64.b64decode(encoded, validate=True).decode("utf-8", errors="replace")
    except (binascii.Error, ValueError):
        text = encoded
    return any(mask(line) != line for line in text.splitlines())
