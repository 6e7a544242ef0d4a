"""A tiny estate builder: resources by hand, with edges where references would be."""

from __future__ import annotations

from typing import Any

from nephograph.estate.graph import Estate
from nephograph.model.edge import Edge
from nephograph.model.resource import Class, Resource
from nephograph.model.source import Scope
from nephograph.model.span import Origin, Path, Span

HOME = "111111111111"
AWAY = "222222222222"


class Lines:
    """Every path of the config was written, each on a line of its own."""

    def __init__(self, address: str) -> None:
        self._address = address

    def of(self, path: Path) -> tuple[bool, Origin | None]:
        """A place that grows with the path, so that tests can tell places apart."""
        line = 1 + sum(part + 1 if isinstance(part, int) else len(part) for part in path)
        return True, Origin("code", self._address, Span("main.tf", line, 1, line, 2))

    def is_written(self, path: Path) -> bool:
        """Everything was."""
        return True


class Builder:
    """Adds resources and edges, then builds the estate."""

    def __init__(self) -> None:
        self.resources: list[Resource] = []
        self.edges: list[Edge] = []
        self.unlinked: dict[str, list[tuple[str, str]]] = {}

    def add(
        self, kind: str, name: str, arn: str, account: str = HOME, cls: Class = Class.GENERIC, /, **config: Any
    ) -> Resource:
        """One resource; its urn is `kind:name`."""
        address = f"{kind}.{name}"
        resource = Resource(
            f"{kind}:{name}",
            kind,
            kind,
            cls,
            address,
            Scope("aws", account, "eu-west-1"),
            config,
            Lines(address),
            arn=arn,
            label=name,
        )
        self.resources.append(resource)
        return resource

    def link(self, kind: str, source: Resource, target: Resource, *path: str | int) -> None:
        """One fact edge."""
        self.edges.append(Edge(kind, source.urn, target.urn, source.urn, path))

    def policy(self, name: str, *statements: dict[str, Any], account: str = HOME) -> Resource:
        """A customer managed policy."""
        arn = f"arn:aws:iam::{account}:policy/{name}"
        return self.add("aws_iam_policy", name, arn, account, name=name, document=document(*statements))

    def role(
        self,
        name: str,
        *statements: dict[str, Any],
        trust: Any = None,
        boundary: Resource | None = None,
        managed: list[Any] | None = None,
        attached: list[Resource] | None = None,
        account: str = HOME,
    ) -> Resource:
        """A role with one inline policy `data` when statements are given."""
        return self._holder("role", name, statements, boundary, managed, attached, account, trust_policy=trust)

    def user(
        self,
        name: str,
        *statements: dict[str, Any],
        boundary: Resource | None = None,
        managed: list[Any] | None = None,
        attached: list[Resource] | None = None,
        account: str = HOME,
    ) -> Resource:
        """A user with one inline policy `data` when statements are given."""
        return self._holder("user", name, statements, boundary, managed, attached, account)

    def _holder(
        self,
        noun: str,
        name: str,
        statements: tuple[dict[str, Any], ...],
        boundary: Resource | None,
        managed: list[Any] | None,
        attached: list[Resource] | None,
        account: str,
        **more: Any,
    ) -> Resource:
        inline = [{"name": "data", "document": document(*statements)}] if statements else []
        arns = [*(managed or []), *(one.arn for one in attached or [])]
        resource = self.add(
            f"aws_iam_{noun}",
            name,
            f"arn:aws:iam::{account}:{noun}/{name}",
            account,
            Class.PRINCIPAL,
            inline_policies=inline,
            managed_policies=arns,
            boundary=boundary.arn if boundary else None,
            **more,
        )
        for position, one in enumerate(attached or []):
            self.link("has_policy", resource, one, "managed_policies", len(managed or []) + position)
        if boundary:
            self.link("bounded_by", resource, boundary, "boundary")
        return resource

    def group(self, name: str, *statements: dict[str, Any], members: list[Resource]) -> Resource:
        """A group with an inline policy and its members."""
        inline = [{"name": "data", "document": document(*statements)}]
        arn = f"arn:aws:iam::{HOME}:group/{name}"
        group = self.add("aws_iam_group", name, arn, inline_policies=inline, managed_policies=[])
        for member in members:
            self.link("member_of", member, group)
        return group

    def bucket(self, name: str, *statements: dict[str, Any], account: str = HOME, **config: Any) -> Resource:
        """A bucket; block public access is off and ACLs are switched off unless said otherwise."""
        flags = ("block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets")
        said: dict[str, Any] = {
            "name": name,
            "policy": document(*statements) if statements else None,
            "acl": "private",
            "ownership": "BucketOwnerEnforced",
            "public_access_block": dict.fromkeys(flags, False),
        }
        return self.add("aws_s3_bucket", name, f"arn:aws:s3:::{name}", account, Class.OBJECT_STORAGE, **said | config)

    def build(self) -> Estate:
        """The estate."""
        return Estate(self.resources, self.edges, self.unlinked)


def document(*statements: dict[str, Any], version: str = "2012-10-17") -> dict[str, Any]:
    """A policy object."""
    return {"Version": version, "Statement": list(statements)}


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    """An allowing statement."""
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    """A denying statement."""
    return {"Effect": "Deny", "Action": action, "Resource": resource, **more}


def trust(principal: Any, action: Any = "sts:AssumeRole", **more: Any) -> dict[str, Any]:
    """A trust policy of one statement."""
    return document({"Effect": "Allow", "Principal": principal, "Action": action, **more})
