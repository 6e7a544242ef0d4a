"""Is what stands under a name that speaks of a credential one? References, placeholders and plain words are not.

Precision goes first: a value that could as well be the name of something is left alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter

from nephograph.sources.credentials import names_secret

_REFERENCE = re.compile(
    r"^[\s\"']*(?:\$|%[\w(]|\{\{|<|\(|\[|\*|&|!|@|#|~|\\|/|\.{1,2}/|-{1,2}[a-z]|arn:|ssm:|vault:|vault/|aws:|sops:|op://|"
    r"secret://|secretsmanager|keyvault|projects/|ref\+|file:|env:|https?:|s3:|gs:|kms:|var\.|local\.|data\.|each\.|"
    r"module\.|self\.|this\.|process\.env|os\.|env\.|config\.|settings\.|secrets?\.|random_|aws_|azurerm_|google_|"
    r"ENC\[|\{cipher\}|AQICAH|CiQ|vault_|Sub$|Ref$)|\$\{|\$\(|\{\{|\}\}|<[A-Za-z_ -]+>|%\(|[\w)]\(|\)\s*$|::|=>",
)
"""How texts look that say where a credential comes from, or that are code: a call, a template, an address."""

_PLACEHOLDER = re.compile(
    r"(?i)change.?me|change.?it|example|sample|dummy|fake|placeholder|replace|redacted|removed|masked|hidden|to.?do|fixme|"
    r"your.|my.?(?:secret|password|token|key|api)|insert|enter.|fill.?in|put.|some.?(?:secret|password|token|key)|xxx|\*\*\*|"
    r"\.\.\.|<|>|foo|bar(?!\w)|baz|lorem|test|mock|stub|none|null|nil|undefined|true|false|optional|required|default|empty|"
    r"not.?set|unset|unused|ignored|generated|managed|auto|secure|encrypted|notreal|not.?a|supersecret|topsecret|hunter2|"
    r"^p[a@]ssw[o0]rd.{0,3}$|passphrase|^secret|^token|^key|^admin$|^root$|^postgres|^mysql|^guest|^user|^minio|^rails|^abc|^123|^qwert|"
    r"^0+$|^a+$|^x+$|deadbeef|cafebabe|012345|123456|abcdef"
)
"""Words of values that nobody would use for anything that matters, or that people write where a value has to go."""

_WORDS = re.compile(r"[A-Za-z][a-z]*(?:[-_./:\s][A-Za-z]*[a-z]+|[-_./:]\d{1,4}|[A-Z][a-z]+)*\d{0,2}")
"""A name: words, joined by signs or by capitals, with short numbers."""

_HEX = re.compile(r"[0-9a-f]+")
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")

_PASSWORD = re.compile(r"(?i)passw|pwd|passphrase")
_NO_CREDENTIAL = re.compile(
    r"(?i)(?:public|kms|ssh|pem|cache|primary|sort|partition|hash|range|encryption|state|lock|object|bucket|s3|foreign|map|"
    r"idempotency|csrf|xsrf|next|page|continuation|pagination|start|end|sync)[-_.]?(?:access[-_.]?)?(?:key|token)$|"
    r"event_?source_?token|^(?:x-)?amz|^(?:github|gitlab|ci)[-_]?token$"
)
"""Names that end like a credential's and are those of other things."""

LEAST_RANDOM = 16
"""Characters below which a value under a name like token or key is too likely to be a name."""


def names_credential(name: str) -> bool:
    """Does a name speak of a credential that stands under it?"""
    return names_secret(name) and _NO_CREDENTIAL.search(name) is None


def is_credential(name: str, value: str) -> bool:
    """Is the value under this name a credential, and not a reference, a placeholder or a name?"""
    if not names_credential(name) or not 6 <= len(value) <= 512 or " " in value.strip():
        return False
    if is_reference(value) or is_placeholder(value) or value.lower() in name.lower() or _WORDS.fullmatch(value):
        return False
    if _UUID.fullmatch(value):
        return _PASSWORD.search(name) is not None
    if _PASSWORD.search(name):
        return len(value) >= 7 and _classes(value) >= 2 and entropy(value) >= 2.3
    if len(value) < LEAST_RANDOM:
        return False
    if _HEX.fullmatch(value):
        return len(value) >= 32 and entropy(value) >= 3.0
    return _classes(value) >= 3 and any(char.isdigit() for char in value) and entropy(value) >= 3.3


def is_reference(value: str) -> bool:
    """Does the value say where a credential comes from, or is it an expression?"""
    return _REFERENCE.search(value) is not None


def is_placeholder(value: str) -> bool:
    """Is the value one of those that people write where a real one has to go?"""
    return len(set(value.lower())) <= 4 or _PLACEHOLDER.search(value) is not None


def entropy(value: str) -> float:
    """Shannon's entropy in bits a character."""
    counts = Counter(value).values()
    return -sum(count / len(value) * math.log2(count / len(value)) for count in counts)


def _classes(value: str) -> int:
    """How many of lower case, upper case, digits and signs the value has."""
    found = (str.islower, str.isupper, str.isdigit, lambda char: not char.isalnum())
    return sum(any(test(char) for char in value) for test in found)
