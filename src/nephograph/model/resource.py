"""The normalised resource: one entity of the estate, the same whichever way it was said."""

from __future__ import annotations

import enum
from typing import Any, Protocol

import msgspec

from nephograph.model.source import Said, Scope
from nephograph.model.span import Origin, Path
from nephograph.model.value import Truth, Unknown, Value


class Class(enum.StrEnum):
    """What a resource is on any cloud."""

    ACCOUNT = "account"
    BACKUP = "backup"
    BLOCK_STORAGE = "block_storage"
    CONFIGURATION = "configuration"
    COMPUTE = "compute_instance"
    CONTAINER = "container_workload"
    DATABASE = "database"
    ENCRYPTION_KEY = "encryption_key"
    FILE_STORAGE = "file_storage"
    FUNCTION = "function"
    GATEWAY = "network_gateway"
    GENERIC = "generic"
    IDENTITY_PROVIDER = "identity_provider"
    IMAGE = "image"
    LOAD_BALANCER = "load_balancer"
    NETWORK = "network"
    NETWORK_INTERFACE = "network_interface"
    OBJECT_STORAGE = "object_storage"
    POLICY = "policy"
    PRINCIPAL = "principal"
    PUBLIC_ADDRESS = "public_address"
    QUEUE = "queue"
    ROUTE_TABLE = "route_table"
    SECRET = "secret"
    SECURITY_GROUP = "security_group"
    SUBNET = "subnet"


class Provenance(Protocol):
    """Answers, on demand, how a field came to its value."""

    def of(self, path: Path) -> tuple[bool, Origin | None]:
        """(True when the field was written, False when it holds a default or nothing; where it was written)."""

    def is_written(self, path: Path) -> bool:
        """The first of the two alone: to tell whether something was written costs little, to find where costs much."""


class Saying(msgspec.Struct, frozen=True, eq=False):
    """One more way an entity is said, beside the one its resource shows: `reason` tells why both are one."""

    said: Said
    root: str
    address: str
    config: dict[str, Any]
    provenance: Provenance
    reason: str


class Resource(msgspec.Struct, frozen=True, eq=False):
    """One entity.

    `urn` names the entity (identity keys, never a place in a file, when the kind has such keys).
    `kind` is the catalog's name (`aws_s3_bucket`), `native` the provider's (`AWS::S3::Bucket`).
    `address` is how its main document spells it. `config` is the normalised content by the kind's fields.
    `arn` is the name policies use for it (may hold symbols; "" when the kind has none), `label` what people call it.
    `existence` is set when it is not known whether the resource exists.
    `said` is how the config was said: where an entity is said in several ways, what is real goes before what is wanted,
    and the others stand in `also`.
    """

    urn: str
    kind: str
    native: str
    cls: Class
    address: str
    scope: Scope
    config: dict[str, Any]
    provenance: Provenance
    root: str = ""
    arn: str = ""
    label: str = ""
    existence: Unknown | None = None
    said: Said = "code"
    also: tuple[Saying, ...] = ()

    def get(self, *path: str | int) -> Any:
        """The plain value at a path of the config: None when absent; an `Unknown` stops the walk and is returned."""
        value: Any = self.config
        for part in path:
            if isinstance(value, Unknown):
                return value
            if isinstance(part, int):
                if not isinstance(value, list) or not -len(value) <= part < len(value):
                    return None
                value = value[part]
            else:
                if not isinstance(value, dict):
                    return None
                value = value.get(part)
        return value

    def value(self, *path: str | int) -> Value:
        """The value at a path of the config with its truth and its origin."""
        data = self.get(*path)
        written, origin = self.provenance.of(path)
        if isinstance(data, Unknown):
            return Value(data, "unknown", origin)
        return Value(data, "known" if written else "default", origin if written else None)

    def truth(self, *path: str | int) -> Truth:
        """How sure the value at a path of the config is, without its origin."""
        if isinstance(self.get(*path), Unknown):
            return "unknown"
        return "known" if self.provenance.is_written(path) else "default"

    def origin(self, *path: str | int) -> Origin | None:
        """Where the field was written, else where the nearest enclosing thing was: never None for code."""
        for length in range(len(path), -1, -1):
            _, origin = self.provenance.of(path[:length])
            if origin is not None:
                return origin
        return None
