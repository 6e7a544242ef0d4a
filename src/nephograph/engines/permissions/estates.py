"""An estate as a `PolicySet`: what is not known becomes a policy with a reason, or a gap, never a guess.

A symbol (an unknown piece of a text) becomes a text of its own, the same wherever the same symbol stands; an unknown
account becomes a number of its own. `PolicySet.gaps` counts them, and `invented` lists the texts, so that whoever
answers can say when an answer hangs on one.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from nephograph.engines.identity.grants import own_policies
from nephograph.engines.permissions.document import MalformedError, Use
from nephograph.engines.permissions.granting import AS_STATEMENTS, document_of
from nephograph.engines.permissions.policyset import Account, Entity, Holding, Policies, PolicySet
from nephograph.engines.permissions.who import who
from nephograph.estate.graph import Estate
from nephograph.model.resource import Resource
from nephograph.model.value import CLOSE, OPEN, Unknown, has_symbol

_FULL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
_DEEPEST = 16
_SYMBOL = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_MEANING = re.compile(r"[*?$/:]")
_TEXTS = ("Resource", "NotResource", "Principal", "NotPrincipal")
_ASSUMED = (
    "AWS's own FullAWSAccess is taken to be attached wherever the data does not say which service control policies are"
)


class _NotKnownError(Exception):
    """A part of a document is not known whose place decides what the document says."""


@functools.cache
def _managed() -> dict[str, Any]:
    """Contents of the common AWS managed policies, by the end of their ARN (data of the identity engine)."""
    data = importlib.resources.files("nephograph.engines.identity").joinpath("managed_policies.json").read_bytes()
    policies: dict[str, Any] = msgspec.json.decode(data)["policies"]
    return policies


class Translated(msgspec.Struct, frozen=True):
    """An estate as a `PolicySet`. `text` spells a name of the estate as the set does, its unknown pieces included."""

    set: PolicySet
    invented: frozenset[str]
    text: Callable[[str], str]


def translated(estate: Estate) -> Translated:
    """The estate's principals, accounts and resources with their policies."""
    reader = _Reader(estate)
    reader.read()
    return Translated(reader.set, frozenset(reader.invented), reader.text)


def policy_set(estate: Estate) -> tuple[PolicySet, frozenset[str]]:
    """The same without the names: and the texts that were made up."""
    found = translated(estate)
    return found.set, found.invented


class _Reader:
    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.set = PolicySet(keeps=True)
        self.invented: dict[str, str] = {}
        symbols = {r.scope.account for r in estate.resources.values() if has_symbol(r.scope.account)}
        self._accounts = {symbol: f"9{zlib.crc32(symbol.encode()):011d}" for symbol in sorted(symbols)}
        if symbols:
            self.set.gaps.append(f"{len(symbols)} accounts are not known by number; each has one of its own here")

    def read(self) -> None:
        """Everything."""
        resources = self.estate.resources.values()
        for number in sorted({self.text(r.scope.account) for r in resources if r.scope.account}):
            self._account(number)
        skipped = 0
        for resource in resources:
            if resource.kind in ("aws_iam_role", "aws_iam_user"):
                skipped += not self._principal(resource)
            if resource.arn and resource.scope.provider == "aws":
                self._holding(resource)
                self.set.inventory.append(self.text(resource.arn))
        if skipped:
            self.set.gaps.append(f"{skipped} roles or users have no ARN that is known, and were left out")
        if self.invented:
            self.set.gaps.append(f"{len(self.invented)} unknown texts are taken for texts of their own")

    def text(self, text: str) -> str:
        """A text without symbols."""
        for symbol, number in self._accounts.items():
            text = text.replace(symbol, number)
        while has_symbol(text):
            found = _SYMBOL.search(text)
            if found is None:
                break
            text = text.replace(found[0], self._invent(found[0]))
        return text

    def _invent(self, symbol: str) -> str:
        """The text that stands for a symbol: nothing in it means anything in an ARN or a pattern."""
        name = "(" + _MEANING.sub("_", symbol[1:-1]) + ")"
        while self.invented.setdefault(name, symbol) != symbol:
            name = f"{name[:-1]}_)"
        return name

    def _document(self, said: Any) -> Any:
        """A document of plain data. Raises `_NotKnownError`."""
        if isinstance(said, Unknown):
            raise _NotKnownError(str(said))
        if not isinstance(said, dict):
            return said
        statements = said.get("Statement")
        if isinstance(statements, list):
            return {**self._scalars(said), "Statement": [self._statement(one) for one in statements]}
        return {**self._scalars(said), "Statement": self._statement(statements)}

    def _scalars(self, said: dict[str, Any]) -> dict[str, Any]:
        if isinstance(said.get("Version"), Unknown):
            raise _NotKnownError(f"Version: {said['Version']}")
        return {"Version": said["Version"]} if "Version" in said else {}

    def _statement(self, said: Any) -> Any:
        if isinstance(said, Unknown):
            raise _NotKnownError(str(said))
        if not isinstance(said, dict):
            return said
        found: dict[str, Any] = {}
        for name, value in said.items():
            if name in _TEXTS:
                found[name] = self._plain(value)
            elif name == "Condition" and isinstance(value, dict):
                found[name] = {key: self._keys(keys) for key, keys in value.items()}
            elif name == "Sid":
                found[name] = value if isinstance(value, str) else ""
            else:
                found[name] = self._strict(value)
        return found

    def _keys(self, said: Any) -> Any:
        if isinstance(said, Unknown):
            raise _NotKnownError(str(said))
        return {self.text(key): self._plain(value) for key, value in said.items()} if isinstance(said, dict) else said

    def _plain(self, value: Any) -> Any:
        if isinstance(value, Unknown):
            return self.text(value.symbol)
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self._plain(one) for one in value]
        return {key: self._plain(one) for key, one in value.items()} if isinstance(value, dict) else value

    def _strict(self, value: Any) -> Any:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Unknown) or (isinstance(one, str) and has_symbol(one)):
                raise _NotKnownError(str(one))
        return value

    def _policy(self, said: Any, use: Use, name: str) -> int:
        try:
            return self.set.policy(self._document(said), use, name)
        except _NotKnownError as why:
            return self.set.unknown_policy(f"{name}: {why}", name)
        except MalformedError as why:
            return self.set.unknown_policy(f"{name} is malformed: {why}", name)

    def _principal(self, resource: Resource) -> bool:
        arn = self.text(resource.arn)
        one = who(arn)
        if one is None or one.kind not in ("user", "role"):
            return False
        tags = resource.get("tags")
        known = tags is None or (isinstance(tags, dict) and not any(isinstance(v, Unknown) for v in tags.values()))
        pairs = tuple((str(key), self.text(str(value))) for key, value in (tags or {}).items()) if known else None
        held = tuple(dict.fromkeys(self._held(resource)))
        bounds = tuple(self._referred(resource, "boundary", "bounded_by", "boundary"))
        self.set.entity(Entity(arn, held, bounds[:1], pairs))
        return True

    def _held(self, holder: Resource) -> Iterator[int]:
        name = self.text(holder.label or holder.address)
        said = holder.get("inline_policies")
        if isinstance(said, Unknown):
            yield self.set.unknown_policy(f"inline policies of {name}: {said}", name)
        for entry in said if isinstance(said, list) else ():
            document = entry if isinstance(entry, Unknown) else entry.get("document")
            yield self._policy(document, "identity", f"an inline policy of {name}")
        yield from self._referred(holder, "managed_policies", "has_policy", "identity")
        if holder.kind == "aws_iam_user":
            for group in self.estate.targets(holder.urn, "member_of"):
                yield from self._held(group)
            for why in self.estate.missing(holder.urn, "groups"):
                yield self.set.unknown_policy(f"which group {name} is in: {why}", name)

    def _referred(self, holder: Resource, field: str, edge: str, use: Use) -> Iterator[int]:
        """What a field of references leads to: policies of the estate, AWS's own, or contents that are not known."""
        name = self.text(holder.label or holder.address)
        linked: set[Any] = set()
        unplaced = 0
        seen: set[str] = set()
        for one in self.estate.outgoing(holder.urn, edge):
            linked.add(one.path)
            unplaced += not one.path
            target = self.estate.resources.get(one.target)
            if one.target in seen:
                continue
            seen.add(one.target)
            if target is None or target.kind != "aws_iam_policy":
                yield self.set.unknown_policy(f"a policy of {name} is not in the data: {one.target}", name)
            else:
                yield self._policy(target.get("document"), use, f"policy {self.text(target.label or target.address)}")
        said = holder.get(field)
        entries = list(enumerate(said)) if isinstance(said, list) else [] if said is None else [(-1, said)]
        for position, entry in entries:
            if ((field,) if position < 0 else (field, position)) in linked:
                continue
            if isinstance(entry, str):
                own = self.estate.by_arn(entry)
                if own is not None and own.urn in seen:
                    continue
                known = _managed().get(entry.partition(":iam::aws:")[2])
                if known is not None:
                    yield self._policy(known["document"], use, entry)
                    continue
            elif unplaced:
                unplaced -= 1  # an edge without a place stands for one reference that is not resolved
                continue
            yield self.set.unknown_policy(f"the content of policy {entry} of {name} is not in the data", name)

    def _holding(self, resource: Resource) -> None:
        """A resource with its own policy; a role with its trust policy."""
        said = resource.get("trust_policy" if resource.kind == "aws_iam_role" else "policy")
        tags = resource.get("tags")
        known = isinstance(tags, dict) and not any(isinstance(v, Unknown) for v in tags.values())
        pairs = tuple((str(key), self.text(str(value))) for key, value in tags.items()) if known else None
        arn = self.text(resource.arn)
        name = f"the policy of {self.text(resource.label or resource.address)}"
        policies: Policies = ()
        if said is None and resource.kind == "aws_kms_key":
            # https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
            account = self.text(resource.scope.account)
            statement = {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "kms:*", "Resource": "*"}
            said = {"Version": "2012-10-17", "Statement": [statement]}
        if said is not None:
            policies = (self._policy(said, "resource", name),)
        policies = (*policies, *self._granting(resource))
        if policies or pairs is not None:
            self.set.holding(Holding(arn, self.text(resource.scope.account), policies, pairs))

    def _granting(self, resource: Resource) -> Iterator[int]:
        """What a resource grants beside its policy: grants of a key and permissions of a function, as statements.

        https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
        https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
        """
        every = [one for policy in own_policies(resource) for one in policy.statements if one.synthetic]
        if resource.kind not in AS_STATEMENTS:
            if every:
                self.set.gaps.append(f"{self.text(every[0].place.words)} is no policy, and in no answer")
            return
        for one in every:
            name = self.text(one.name)
            if one.problem:
                yield self.set.unknown_policy(f"{name}: {self.text(one.problem)}", name)
            else:
                yield self._policy(document_of(one), "resource", name)

    def _account(self, number: str) -> None:
        """An account with the levels of its organization, where the data has one."""
        organizations = self.estate.of_kind("aws_organizations_organization")
        own = next((a for a in self.estate.of_kind("aws_organizations_account") if a.get("id") == number), None)
        if not organizations and own is None:
            self.set.account(Account(number))
            return
        organization = organizations[0].get("id") if organizations else own.get("organization") if own else None
        name = organization if isinstance(organization, str) else None
        manager = organizations[0].get("management_account") if organizations else None
        if manager == number:
            self.set.account(Account(number, organization=name))
            return
        if own is None:
            why = f"which organization account {number} belongs to is not in the data"
            unknown = (self.set.unknown_policy(why),)
            self.set.account(Account(number, (unknown,), (unknown,), None))
            return
        chain = [own]
        while len(chain) < _DEEPEST:
            above = self.estate.holders(chain[-1].urn, "contains")
            if not above:
                break
            chain.append(above[0])
        chain.reverse()
        scp = tuple(self._level(one, "SERVICE_CONTROL_POLICY") for one in chain)
        rcp = tuple(self._level(one, "RESOURCE_CONTROL_POLICY") for one in chain)
        self.set.account(Account(number, scp, rcp, name))

    def _level(self, place: Resource, type_: str) -> Policies:
        use: Use = "scp" if type_ == "SERVICE_CONTROL_POLICY" else "rcp"
        field = "service_control_policies" if use == "scp" else "resource_control_policies"
        found: dict[int, None] = {}
        for policy in self.estate.targets(place.urn, "has_policy", "aws_organizations_policy"):
            if policy.get("type") == type_:
                found[self._policy(policy.get("document"), use, f"{use} {self.text(policy.label)}")] = None
        said = place.get(field)
        known = isinstance(said, list) and all(isinstance(one, str) for one in said)
        if use == "scp" and (not known or "p-FullAWSAccess" in said):
            found[self.set.policy(_FULL, use, "FullAWSAccess")] = None
            if not known and _ASSUMED not in self.set.gaps:
                self.set.gaps.append(_ASSUMED)
        return tuple(found)
