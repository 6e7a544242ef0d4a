"""The account and region of an object: its own word, else its owner's, the path's, the caller's, the person's."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from nephograph.catalog.language import Kind
from nephograph.model.source import LoadOptions
from nephograph.model.value import Reason, Unknown
from nephograph.sources.awscli.naming import Named

_OWNERS = (
    "OwnerId",
    "ownerId",
    "OwnerAccountId",
    "AccountId",
    "ownerAccount",
    "owningAccountId",
    # An attachment of a VPC is its owner's, also where the owner of the transit gateway is told of it.
    "VpcOwnerId",
)
_REQUESTER = "RequesterVpcInfo"
"""A peering of VPCs is told to both sides alike, and is one thing: it is taken to live where it was requested."""

_VPC_IN_A_LIST = ("ResourceType", "vpc", "ResourceOwnerId")
_ZONES = (("AvailabilityZone",), ("Placement", "AvailabilityZone"), ("AvailabilityZones",))
_REGIONS = ("BucketRegion", "LocationConstraint")
_ACCOUNT = re.compile(r"\d{12}")
_ZONE = re.compile(r"((?:[a-z]{2}|us-gov|us-iso[a-z]?|eu-isoe)-[a-z]+-\d)(?:[a-z]|-[a-z].*)")
_REGION = re.compile(r"(?:[a-z]{2}|us-gov|us-iso[a-z]?|eu-isoe)-[a-z]+-\d")
_URL = re.compile(r"https://(?:[\w-]+\.)?([a-z0-9-]+-\d)\.(?:queue\.)?amazonaws\.com(?:\.cn)?/(\d{12})/.*")
_ARN = re.compile(r"arn:[\w-]+:[\w-]+:([a-z0-9-]*):(\d{12}|):.*", re.DOTALL)
_PIECE = re.compile(r"\{([^}]*)\}")

Place = tuple[str, str | None]
"""Account ("" for not told) and region (None for not told, "" for none)."""


def own_place(attributes: Mapping[str, Any], kinds: tuple[Kind, ...]) -> Place:
    """What an object says of where it lives."""
    requester = attributes.get(_REQUESTER)
    if isinstance(requester, dict) and isinstance(requester.get("OwnerId"), str):
        region = requester.get("Region")
        return requester["OwnerId"], region if isinstance(region, str) else None
    account, region = _by_arn(attributes, kinds)
    if not account or region is None:
        for text in (v for n, v in attributes.items() if n == "Value" or n.endswith("Url")):
            if isinstance(text, str) and (match := _URL.fullmatch(text)):
                account, region = account or match[2], region if region is not None else match[1]
    if not account:
        attribute, value, owner = _VPC_IN_A_LIST
        names = (*_OWNERS, owner) if attributes.get(attribute) == value else _OWNERS
        owners = (attributes.get(name) for name in names)
        account = next((o for o in owners if isinstance(o, str) and _ACCOUNT.fullmatch(o)), "")
    if not region:
        region = _by_zone(attributes) or region
    return account, region


def _by_arn(attributes: Mapping[str, Any], kinds: tuple[Kind, ...]) -> Place:
    arns = list(_arns(attributes))
    for kind in kinds:
        pattern = _arn_pattern(kind.arn, kind.global_)
        for arn in arns:
            if pattern is not None and (match := pattern.fullmatch(arn)):
                said = match.groupdict()
                return said.get("account") or "", said.get("region")
    if not kinds and len(arns) == 1 and (match := _ARN.fullmatch(arns[0])):
        return match[2], match[1]
    return "", None


def _arns(attributes: Mapping[str, Any]) -> Iterator[str]:
    for name, value in attributes.items():
        if isinstance(value, str) and value.startswith("arn:") and (name == "Value" or name.lower().endswith("arn")):
            yield value
        elif isinstance(value, dict):
            for inner, text in value.items():
                if isinstance(text, str) and text.startswith("arn:") and str(inner).lower().endswith("arn"):
                    yield text


@functools.lru_cache(maxsize=1024)
def _arn_pattern(template: str, global_: bool) -> re.Pattern[str] | None:
    """Reads the account and region from an ARN of a kind; None for a kind without one.

    Policies of AWS's own live in no customer's account: their account is `aws`.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
    """
    if not template:
        return None
    pieces = _PIECE.split(template)
    groups = {
        "partition": "[^:]+",
        "region": "(?P<region>[^:]*)",
        "account": rf"(?P<account>\d{{12}}{'|aws' if global_ else ''})",
    }
    written = [groups.pop(p, ".*") if place % 2 else re.escape(p) for place, p in enumerate(pieces)]
    return re.compile("".join(written), re.DOTALL)


def _by_zone(attributes: Mapping[str, Any]) -> str:
    for name in _REGIONS:
        said = attributes.get(name)
        if isinstance(said, str) and _REGION.fullmatch(said):
            return said
    for path in _ZONES:
        value: Any = attributes
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        if isinstance(value, list) and value:
            value = value[0].get("ZoneName") if isinstance(value[0], dict) else value[0]
        if isinstance(value, str) and (match := _ZONE.fullmatch(value)):
            return match[1]
    return ""


class Places:
    """What a dump tells of accounts and regions beside its objects."""

    def __init__(self, options: LoadOptions) -> None:
        self._options = options
        self._callers: dict[str, str] = {}
        self._accounts: dict[str, set[str]] = defaultdict(set)
        self._regions: dict[str, set[str]] = defaultdict(set)
        self.assumptions: dict[str, None] = {}

    def caller(self, directory: str, account: str) -> None:
        """`sts get-caller-identity` was answered beside the files of a directory."""
        self._callers.setdefault(directory, account)

    def told(self, relative: str, place: Place) -> None:
        """An object of a file told its own account and region."""
        for directory in _upward(relative):
            if place[0]:
                self._accounts[directory].add(place[0])
            if place[1]:
                self._regions[directory].add(place[1])

    def said_account(self, relative: str, named: Named) -> str:
        """The account that a file was asked of, as its path, the caller or the person says; "" when nobody does."""
        callers = (self._callers[d] for d in _upward(relative) if d in self._callers)
        return named.account or next(callers, self._options.account)

    def account(self, relative: str, named: Named) -> str:
        """The account that a file was asked of: text or symbol."""
        said = self.said_account(relative, named)
        return said or self._only(relative, self._accounts, "account") or self._symbol("account")

    def region(self, relative: str, named: Named) -> str:
        """The region that a file was asked of: text or symbol."""
        if named.region or self._options.region:
            return named.region or self._options.region
        return self._only(relative, self._regions, "region") or self._symbol("region")

    def _only(self, relative: str, told: Mapping[str, set[str]], what: str) -> str:
        """The one account or region that everything near the file is of."""
        near = next((told[directory] for directory in _upward(relative) if told.get(directory)), set())
        if len(near) != 1:
            return ""
        (one,) = near
        text = f"What a dump does not place is taken to be of the only {what} that is spoken of beside it ({one})."
        self.assumptions[text] = None
        return one

    def _symbol(self, what: str) -> str:
        where = f" {self._options.prefix}" if self._options.prefix else ""
        return Unknown(Reason.NOT_SEEN, f"{what} of the dump{where}").symbol


def _upward(relative: str) -> Iterator[str]:
    """The directories above a file, the nearest first, down to the root of the dump ("")."""
    directory = relative
    while directory:
        directory = directory.rpartition("/")[0]
        yield directory
