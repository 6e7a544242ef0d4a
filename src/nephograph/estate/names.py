"""How things are called: ARNs and ids by the kind's templates, urns by its identity keys."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any, Literal

from nephograph.catalog.language import Kind
from nephograph.model.source import Document, Scope
from nephograph.model.value import CLOSE, OPEN, Unknown, has_symbol

_FIELD = re.compile(r"\{([\w.]+)\}")
_PARTITIONS = (("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"))


def partition(region: str) -> str:
    """The AWS partition of a region (https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html)."""
    return next((name for prefix, name in _PARTITIONS if region.startswith(prefix)), "aws")


def everywhere(kind: Kind) -> bool:
    """True when a name is taken once in the whole partition, as a bucket's is: its ARN needs no account."""
    return bool(kind.arn) and "{account}" not in kind.arn and "{id}" not in kind.arn


def fill(template: str, kind: Kind, config: dict[str, Any], scope: Scope, address: str) -> str:
    """A template with its fields filled in; what is not known becomes a symbol of this address.

    Leading and trailing slashes of `{path}` belong to IAM paths: `role{path}{name}` with path `/` is `role/name`.
    """
    found: list[str] = []
    for text, field in _pieces(template):
        found.append(text)
        if field == "account":
            found.append(scope.account)
        elif field == "region":
            found.append(scope.region)
        elif field == "partition":
            found.append(partition(scope.region))
        elif field:
            value: Any = config
            for part in field.split("."):
                value = value.get(part) if isinstance(value, dict) else None
            if isinstance(value, Unknown):
                found.append(value.symbol)
            else:
                found.append(str(value) if value is not None else f"{OPEN}{address}.{field}{CLOSE}")
    return "".join(found)


@functools.lru_cache(maxsize=1024)
def _pieces(template: str) -> tuple[tuple[str, str], ...]:
    """The texts of a template, each with the field that follows it ("" behind the last)."""
    parts = [*_FIELD.split(template), ""]
    return tuple(zip(parts[::2], parts[1::2], strict=True))


def given(document: Document, name: Literal["arn", "id"]) -> str:
    """The ARN or id that a document states itself, as states and plans do; "" where it states none."""
    value = document.attributes.get(name) if document.dialect == "terraform" else None
    if not isinstance(value, str) or has_symbol(value):
        return ""
    return value if name == "id" or value.startswith("arn:") else ""


def arn_of(kind: Kind, config: dict[str, Any], document: Document, scope: Scope) -> str:
    """The ARN of a resource: the one its document states, else by the kind's template; "" when the kind has none."""
    if not kind.arn:
        return ""
    return given(document, "arn") or fill(kind.arn, kind, config, scope, qualified(document.root, document.address))


def urn(kind: Kind, config: dict[str, Any], scope: Scope, root: str, address: str) -> str:
    """The name of the entity: its identity keys when all are known, else its spelling."""
    keys = [config.get(field) for field in kind.identity]
    known = bool(keys) and all(isinstance(key, str | int) and not has_symbol(str(key)) for key in keys)
    identity = "/".join(str(key) for key in keys) if known else spelling(root, address)
    return ":".join(("neph", scope.provider, scope.account, "" if kind.global_ else scope.region, kind.name, identity))


def qualified(root: str, address: str) -> str:
    """An address that says its root where there is more than one: two roots may use one address."""
    return address if root in ("", ".") else f"{root}//{address}"


def spelling(root: str, address: str) -> str:
    """The name of something that has no identity of its own: where it is said."""
    return f"{root}//{address}" if root not in ("", ".") else f"//{address}"


_SYMBOL = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")


def substitute(text: str, name_of: Callable[[str], str | None]) -> str:
    """The text with every symbol that `name_of` knows replaced by its name."""
    return _SYMBOL.sub(lambda match: name_of(match.group(1)) or match.group(0), text)
