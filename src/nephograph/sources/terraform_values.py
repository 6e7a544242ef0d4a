"""The values of plans and states in the words of HCL documents: what says nothing is left out, what is secret too.

Providers write a value for every attribute of a type: null, "" and empty lists for what nobody set, and what only
they know. HCL documents hold what somebody wrote. Both have to read as one and the same resource.
"""

from __future__ import annotations

import base64
import binascii
import functools
import operator
import re
from collections.abc import Mapping
from typing import Any

from nephograph.catalog.fingerprint import of_access_key
from nephograph.catalog.readers import held_in_code
from nephograph.model.value import Reason, Unknown
from nephograph.sources.credentials import mask, names_secret, without_secrets

ONLY_COMPUTED = frozenset({"tags_all", "owner_id"})
"""Attributes that no configuration of any AWS type can set and that no kind reads: they are left out.

`tags_all` are the tags together with the provider's default ones and becomes the tags; `owner_id` goes into the scope.
`id` and `arn` are such attributes too, but they are names of the resource and stay.
"""

_SECRET = re.compile(
    r"(?i)(?:\w*_)?(?:secret_(?:string|binary)|private_key_(?:pem\w*|openssh|data)|smtp_password_v\d+|client_key|kube_config_raw|"
    r"session_token|customer_key|encrypted_(?:password|secret)|secret_hash|bcrypt_hash)"
)
"""Attributes that hold credentials and whose name alone does not tell."""

_SECRET_OF_TYPE = {
    "random_password": ("result",),
    "aws_api_gateway_api_key": ("value",),
    "local_sensitive_file": ("content", "content_base64"),
    "kubernetes_secret": ("data", "binary_data"),
    "kubernetes_secret_v1": ("data", "binary_data"),
    "vault_generic_secret": ("data_json", "data"),
    "google_secret_manager_secret_version": ("secret_data",),
    "azurerm_key_vault_secret": ("value",),
}
"""The same for attributes with everyday names."""

_TOKEN = re.compile(
    r"(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])|\bgh[pousr]_[A-Za-z0-9]{20}|\bgithub_pat_\w{20}|\bglpat-[\w-]{16}|"
    r"\bxox[abeoprs]-[\w-]{10}|\b[rs]k_(?:live|test)_[A-Za-z0-9]{16}|\bAIza[\w-]{35}|\beyJ[\w-]{8,}\.[\w-]{8,}\.|"
    r"(?<=://)[^\s/@:\"']*:[^\s/@\"'$]+(?=@)|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
"""The shapes of credentials, whatever the attribute is called."""

_KEY_ID = re.compile(r"(?:AKIA|ASIA)[A-Z0-9]{16}")

_MARKS = (
    *("AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-"),
    *("xox", "k_live_", "k_test_", "AIza", "eyJ", "://", "PRIVATE KEY-----"),
)
"""Every one of these shapes holds one of these: to look for them first costs a tenth of the search."""

_LONGEST_TOKEN = 20_000
"""Characters of the longest text that is looked through for one."""

_SCRIPTS = ("user_data", "user_data_base64", "custom_data")

_HASH = re.compile(r"[0-9a-f]{40}")

_SHORTEST_COPY = 4
"""Characters of a sensitive text that is looked for in the other attributes: shorter ones may be there by chance."""

EMPTY: tuple[Any, ...] = ("", [], {})
"""What providers write where nothing was said."""


_PREFIXED = ("name", "bucket", "key_name", "identifier", "cluster_identifier")
"""Names that the provider completes when only `<name>_prefix` is given."""


def completed(attributes: dict[str, Any], all_tags: Any, owner: str) -> dict[str, Any]:
    """The attributes with the provider's default tags, and with the known start of a name that is made at creation.

    `all_tags` is what stands in `tags_all`; `owner` the address, with its root where there are several.
    """
    if isinstance(all_tags, dict) and all_tags:
        own = attributes.get("tags")
        known = {key: value for key, value in all_tags.items() if isinstance(value, str)}
        if own is None or isinstance(own, dict):
            attributes["tags"] = {**known, **(own or {})}
    for name in _PREFIXED:
        prefix = attributes.get(f"{name}_prefix")
        if name not in attributes and isinstance(prefix, str) and prefix:
            rest = Unknown(Reason.AFTER_APPLY, f"{owner}.{name}, its end")
            attributes[name] = Unknown(Reason.AFTER_APPLY, rest.detail, parts=(prefix, rest))
    return attributes


class Absent:
    """Nothing was said here: the value is left out. There is one, `ABSENT`."""

    __slots__ = ()


ABSENT = Absent()


def stated(attributes: Mapping[str, Any], sensitive: Any) -> dict[str, Any]:
    """The attributes of an object that exists, without what says nothing.

    `sensitive` mirrors the structure: True where a value must not be kept.
    """
    found = {}
    for name, value in attributes.items():
        said = _stated(value, below(sensitive, name), name, is_map=False)
        if said is not ABSENT and name not in ONLY_COMPUTED:
            found[name] = said
    return found


def _stated(value: Any, sensitive: Any, name: str, *, is_map: bool) -> Any:
    if value is None or (not is_map and value in EMPTY):
        return ABSENT
    if sensitive is True:
        return Unknown(Reason.SENSITIVE, name)
    if isinstance(value, dict):
        # An object right below an attribute is a map, whose empty texts mean something; one in a list is a block.
        inner = {key: _stated(child, below(sensitive, key), key, is_map=True) for key, child in value.items()}
        return {key: child for key, child in inner.items() if child is not ABSENT}
    if isinstance(value, list):
        return [_element(child, below(sensitive, i), name) for i, child in enumerate(value)]
    return value


def _element(value: Any, sensitive: Any, name: str) -> Any:
    if isinstance(value, dict) and sensitive is not True:
        inner = {key: _stated(child, below(sensitive, key), key, is_map=False) for key, child in value.items()}
        return {key: child for key, child in inner.items() if child is not ABSENT}
    if value is None or value in EMPTY:
        return value  # its neighbours keep their positions
    return _stated(value, sensitive, name, is_map=True)


def below(marks: Any, step: str | int) -> Any:
    """The marks of a member of what is marked."""
    if isinstance(marks, dict):
        return marks.get(str(step), False)
    if isinstance(marks, list) and isinstance(step, int):
        return marks[step] if step < len(marks) else False
    return marks is True


def without_credentials(type_: str, attributes: dict[str, Any]) -> dict[str, Any]:
    """The attributes with every credential replaced by Unknown(SENSITIVE): what is not kept cannot be printed."""
    secret = _SECRET_OF_TYPE.get(type_, ())
    if type_ == "aws_ssm_parameter" and attributes.get("type") == "SecureString":
        secret = ("value", "insecure_value")
    if not secret and _is_harmless(attributes):
        return attributes
    found = without_secrets(attributes)
    changed = {n: new for n, value in found.items() if (new := _hidden(value, n, n in secret)) is not value}
    return {**found, **changed} if changed else found


def _hidden(value: Any, name: str, secret: bool) -> Any:
    if isinstance(value, str):
        if not value:
            return value
        if secret or _holds_secret(name):
            return Unknown(Reason.SENSITIVE, name)
        if name in _SCRIPTS:
            return _script(value, name)
        if name == "id" and _KEY_ID.fullmatch(value):
            # Known again, wherever else it is written, and not shown.
            return of_access_key(value)
        return Unknown(Reason.SENSITIVE, name) if len(value) <= _LONGEST_TOKEN and _is_token(value) else value
    # What holds no credential stays the very same object: large values are shared by many instances.
    if isinstance(value, dict):
        changed = {k: new for k, child in value.items() if (new := _hidden(child, str(k), secret)) is not child}
        return {**value, **changed} if changed else value
    if isinstance(value, list):
        elements = [_hidden(child, name, secret) for child in value]
        return type(value)(elements) if any(map(operator.is_not, elements, value)) else value
    if isinstance(value, Unknown) and value.among:
        # One of a few texts: what is written in the arms of a conditional is written in code.
        written = any(_hidden(one, name, secret) is not one for one in value.among)
        return Unknown(Reason.SENSITIVE, name) if written else value
    if isinstance(value, Unknown) and value.parts and (secret or _holds_secret(name)):
        # The known pieces of a text that is a secret are not kept. Where none of them is a credential (settings whose
        # password is a variable), it stays unknown for the reason it has.
        literal = held_in_code(value)
        if literal is False:
            return Unknown(value.reason, value.detail)
        return literal if isinstance(literal, Unknown) else Unknown(Reason.SENSITIVE, name)
    return value


def _is_harmless(attributes: dict[str, Any]) -> bool:
    """True when neither a name nor the shape of a text in the attributes speaks of a credential: mostly so.

    One look over everything costs a fraction of asking each value.
    """
    texts: list[str] = []
    stack: list[Any] = [attributes]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            for name, child in value.items():
                kind = type(child)
                if kind is bool or kind is int:
                    continue
                if _is_telling(name):
                    return False
                if kind is str or isinstance(child, str):
                    texts.append(child)
                elif isinstance(child, dict | list):
                    stack.append(child)
                elif isinstance(child, Unknown) and child.among:
                    texts.extend(one for one in child.among if isinstance(one, str))
        else:
            for child in value:
                if isinstance(child, str):
                    texts.append(child)
                elif isinstance(child, dict | list):
                    stack.append(child)
                elif isinstance(child, Unknown) and child.among:
                    texts.extend(one for one in child.among if isinstance(one, str))
    together = "\n".join(texts)
    return not (
        "://" in together
        or "AKIA" in together
        or "ASIA" in together
        or "AIza" in together
        or "eyJ" in together
        or "xox" in together
        or "_live_" in together
        or "_test_" in together
        or "glpat-" in together
        or "PRIVATE KEY-----" in together
        or ("gh" in together and any(mark in together for mark in _MARKS))
    )


@functools.lru_cache(maxsize=16384)
def _is_telling(name: Any) -> bool:
    text = str(name)
    return text in _SCRIPTS or _holds_secret(text) or names_secret(text)


@functools.lru_cache(maxsize=4096)
def _holds_secret(name: str) -> bool:
    return _SECRET.fullmatch(name) is not None


@functools.lru_cache(maxsize=16384)
def _is_token(value: str) -> bool:
    for mark in _MARKS:
        if mark in value:
            return _TOKEN.search(value) is not None
    return False


def _script(value: str, name: str) -> Any:
    """A start-up script, unless it holds what looks like a credential; older providers keep only its hash."""
    if name == "user_data" and _HASH.fullmatch(value):
        return Unknown(Reason.NOT_SEEN, "user_data: only its hash is kept")
    text = value
    try:
        text = base64.b64decode(value, validate=True).decode()  # (a launch template has it so under the plain name)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        if name != "user_data":
            return value
    if any(mask(line) != line for line in text.splitlines()):
        return Unknown(Reason.SENSITIVE, name)
    return value


def without_copies(raw: Mapping[str, Any], attributes: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """(the attributes without copies of what is hidden in one of them, the texts that are hidden).

    A provider copies attributes (`input` to `output`), and the mark does not always follow.
    """
    secrets = secrets_in(raw, attributes)
    told = {text for text in secrets if len(text) >= _SHORTEST_COPY}
    return (_uncopied(attributes, told) if told else attributes), secrets


def _uncopied(value: Any, secrets: set[str]) -> Any:
    if isinstance(value, str):
        return Unknown(Reason.SENSITIVE, "a copy of a sensitive value") if value in secrets else value
    if isinstance(value, dict):
        return {key: _uncopied(child, secrets) for key, child in value.items()}
    if isinstance(value, list):
        return [_uncopied(child, secrets) for child in value]
    return value


def secrets_in(before: Any, after: Any) -> list[str]:
    """The texts of `before` in whose place `after` has an Unknown(SENSITIVE): never to be shown in a line."""
    found: list[str] = []
    stack = [(before, after)]
    while stack:
        old, new = stack.pop()
        if isinstance(new, Unknown):
            if new.reason is Reason.SENSITIVE:
                found.extend(_texts(old))
        elif isinstance(old, dict) and isinstance(new, dict):
            stack.extend((old[key], child) for key, child in new.items() if key in old)
        elif isinstance(old, list) and isinstance(new, list):
            stack.extend(zip(old, new, strict=False))
    return found


def _texts(value: Any) -> list[str]:
    found: list[str] = []
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, dict):
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
    return found
