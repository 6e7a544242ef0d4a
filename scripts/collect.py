"""Write the script that writes a dump: every answer the catalog can read, asked by the AWS CLI of whoever runs it.

    python scripts/collect.py            # writes src/nephograph/sources/awscli/collect.sh, which `neph collect` prints
    python scripts/collect.py --check    # fails when it is not current

Which parameters an operation needs is asked of botocore's models; where their values are listed, of the catalog.
"""

from __future__ import annotations

import functools
import pathlib
import re
import sys
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

import botocore.session
from botocore.model import ServiceModel

from nephograph.catalog.language import API, Kind, Spelling
from nephograph.catalog.registry import kind, kind_names

_READS = ("Get", "List", "Describe", "Search")
"""How operations begin that change nothing."""

_COMMANDS = {
    "accessanalyzer": "accessanalyzer",
    "config": "configservice",
    "elbv2": "elbv2",
    "s3": "s3api",
}
"""Services that the command line calls otherwise than botocore."""

_ALWAYS: dict[str, dict[str, tuple[str, ...]]] = {
    "bedrock-agent:ListAgentKnowledgeBases": {"agentVersion": ("DRAFT",)},
    "ec2:DescribeVpcAttribute": {"Attribute": ("enableDnsSupport", "enableDnsHostnames")},
    "ec2:DescribeInstanceAttribute": {"Attribute": ("disableApiTermination",)},
    "ec2:DescribeImageAttribute": {"Attribute": ("launchPermission",)},
    "ec2:DescribeSnapshotAttribute": {"Attribute": ("createVolumePermission",)},
    "ec2:SearchTransitGatewayRoutes": {"Filters": ("Name=state,Values=active,blackhole",)},
    "ram:GetResourceShares": {"resourceOwner": ("SELF",)},
    "ram:ListPrincipals": {"resourceOwner": ("SELF",)},
    "ram:ListResources": {"resourceOwner": ("SELF",)},
    "organizations:ListPolicies": {"Filter": ("SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY")},
    "wafv2:ListWebACLs": {"Scope": ("REGIONAL",)},
    "wafv2:ListLoggingConfigurations": {"Scope": ("REGIONAL",)},
}
"""Parameters that are always given the same: each value is asked for by itself."""

_NEVER = frozenset({"ssm:GetParameter", "ssm:GetParameters", "secretsmanager:GetSecretValue"})
"""Operations that hand out values which are often secrets: nobody needs them in a dump."""

_LISTS = {
    "apigateway:GetStages": ("get-rest-apis", "items[].id"),
    "bedrock:GetModelCustomizationJob": ("list-model-customization-jobs", "modelCustomizationJobSummaries[].jobArn"),
    "ecs:DescribeTaskDefinition": ("list-task-definitions", "taskDefinitionArns[]"),
    "eks:DescribeCluster": ("list-clusters", "clusters[]"),
    "eks:ListPodIdentityAssociations": ("list-clusters", "clusters[]"),
    "network-firewall:DescribeFirewallPolicy": ("list-firewall-policies", "FirewallPolicies[].Arn"),
    "network-firewall:DescribeRuleGroup": ("list-rule-groups", "RuleGroups[].Arn"),
    "network-firewall:DescribeVpcEndpointAssociation": (
        "list-vpc-endpoint-associations",
        "VpcEndpointAssociations[].VpcEndpointAssociationArn",
    ),
}
"""Listings that say nothing but names, so that the catalog does not read them."""


class Within(NamedTuple):
    """A listing that is itself asked for each value of another: listeners by load balancer, services by cluster.

    `listing` holds the values of `parameter`, each of which `inner` is asked for; what that lists is the value of
    `asks`. `both` says that the operation wants the outer value, too.
    """

    listing: str
    query: str
    parameter: str
    inner: str
    inner_query: str
    asks: str
    both: bool = True


_LISTENERS = (
    "describe-load-balancers",
    "LoadBalancers[].LoadBalancerArn",
    "LoadBalancerArn",
    "describe-listeners",
    "Listeners[].ListenerArn",
    "ListenerArn",
)
_CLUSTERS = ("list-clusters", "clusters[]", "clusterName")
_WITHIN = {
    "ecs:DescribeServices": Within(
        "list-clusters", "clusterArns[]", "cluster", "list-services", "serviceArns[]", "services"
    ),
    "efs:DescribeMountTargetSecurityGroups": Within(
        "describe-file-systems",
        "FileSystems[].FileSystemId",
        "FileSystemId",
        "describe-mount-targets",
        "MountTargets[].MountTargetId",
        "MountTargetId",
        both=False,
    ),
    "eks:DescribeAccessEntry": Within(*_CLUSTERS, "list-access-entries", "accessEntries[]", "principalArn"),
    "eks:DescribeNodegroup": Within(*_CLUSTERS, "list-nodegroups", "nodegroups[]", "nodegroupName"),
    "eks:DescribePodIdentityAssociation": Within(
        *_CLUSTERS, "list-pod-identity-associations", "associations[].associationId", "associationId"
    ),
    "eks:ListAssociatedAccessPolicies": Within(*_CLUSTERS, "list-access-entries", "accessEntries[]", "principalArn"),
    "elbv2:DescribeListenerCertificates": Within(*_LISTENERS, both=False),
    "elbv2:DescribeRules": Within(*_LISTENERS, both=False),
    "events:ListTargetsByRule": Within(
        "list-event-buses",
        "EventBuses[].Name",
        "EventBusName",
        "list-rules",
        "Rules[].Name",
        "Rule",
    ),
    "globalaccelerator:ListEndpointGroups": Within(
        "list-accelerators",
        "Accelerators[].AcceleratorArn",
        "AcceleratorArn",
        "list-listeners",
        "Listeners[].ListenerArn",
        "ListenerArn",
        both=False,
    ),
}
"""Where what an operation asks for is listed."""

_REGIONS = {"globalaccelerator": "us-west-2"}
"""Services without regions that answer in one region alone, which is not everybody's."""

_OWN = {"ec2:DescribeImages": "--owners self", "ec2:DescribeSnapshots": "--owner-ids self"}
"""Lists that would hold what others share with everybody."""

_HEAD = """\
#!/bin/sh
# Writes what nephograph reads of an AWS account into accounts/<account>/<region>/<service>/<operation>.json:
#
#   sh collect.sh [REGION...]      # default: every region that is enabled
#   neph load accounts/
#
# It needs the AWS CLI version 2 and credentials that may list and read (the managed policies SecurityAudit and
# ViewOnlyAccess do). It changes nothing. An answer that is refused is kept as the error it is, so that nothing that
# was not seen is taken for absent. Secrets are not asked for.
set -u
account=$(aws sts get-caller-identity --query Account --output text) || exit 1
regions=${*:-$(aws ec2 describe-regions --query 'Regions[].RegionName' --output text)}

# ask FILE COMMAND...: one answer into one file, an error into it, too.
ask() {
  file=$1
  shift
  mkdir -p "$(dirname "$file")"
  aws "$@" --output json > "$file" 2>&1 < /dev/null || true
}

# each QUERY COMMAND...: the values a listing holds, one a line.
each() {
  query=$1
  shift
  aws "$@" --query "$query" --output text 2> /dev/null < /dev/null | tr '\\t' '\\n' | grep -v '^None$' | sort -u
}

# A value as a part of a file's name.
named() { printf '%s' "$1" | sed 's/%/%25/g; s|/|%2F|g'; }
"""


class Call(NamedTuple):
    """One operation: asked once an account or region, or once for each value a listing holds."""

    service: str
    operation: str
    asks: str
    listing: str
    query: str
    everywhere: bool
    """True for what has no region."""
    given: str = ""
    """Parameters that are always the same, as the command line writes them."""
    told: str = ""
    """What tells this answer from those of other values, in the file's name."""


FILE = pathlib.Path(__file__).parents[1] / "src" / "nephograph" / "sources" / "awscli" / "collect.sh"


def main() -> int:
    text = script()
    if "--check" in sys.argv:
        current = FILE.exists() and FILE.read_text() == text
        print("current" if current else "not current: run python scripts/collect.py", file=sys.stderr)
        return 0 if current else 1
    FILE.write_text(text)
    print(f"wrote {FILE.name}: {len(set(_calls()))} operations; not asked: {', '.join(left_out())}", file=sys.stderr)
    return 0


def script() -> str:
    """The whole script."""
    calls = sorted(set(_calls()))
    missing = textwrap.fill(
        ", ".join(left_out()), 112, initial_indent="#   ", subsequent_indent="#   ", break_on_hyphens=False
    )
    told = f"# Not asked here, for they need more than one value: what only they say stays not known.\n{missing}\n"
    lines = [_HEAD + told, 'base="accounts/$account/global"', "aws_in=us-east-1", "export AWS_DEFAULT_REGION=$aws_in"]
    lines += ['ask "$base/sts/get-caller-identity.json" sts get-caller-identity']
    lines += [line for call in calls if call.everywhere for line in _lines(call)]
    lines += ["", "for region in $regions; do", '  base="accounts/$account/$region"']
    lines += ["  export AWS_DEFAULT_REGION=$region"]
    lines += [f"  {line}" for call in calls if not call.everywhere for line in _lines(call)]
    lines += ["done", ""]
    return "\n".join(lines)


def left_out() -> list[str]:
    """Operations the catalog reads and the script cannot ask: they need more than one value of one listing."""
    asked = {(call.service, call.operation) for call in _calls()}
    every = {(_service(s), _operation(s)) for _, s in _spellings()}
    return sorted(f"{service}:{operation}" for service, operation in every - asked)


def _lines(call: Call) -> list[str]:
    command = _command(call.service, _kebab(call.operation))
    file = f"$base/{call.service}/{_kebab(call.operation)}"
    command += f" {call.given}" if call.given else ""
    if not call.asks:
        return [f'ask "{file}{call.told}.json" {command}']
    within = _WITHIN.get(f"{call.service}:{call.operation}")
    if within is not None:
        return [_nested(within, call.service, command, file)]
    listings = [call.listing]
    for name, values in {n: v for given in _ALWAYS.values() for n, v in given.items()}.items():
        listings = [one.replace(f"{{{name}}}", value) for one in listings for value in values]
    listings = list(dict.fromkeys(listings))
    asked = f'ask "{file}.$(named "$value"){call.told}.json" {command} --{_kebab(call.asks)} "$value"'
    return [
        f"each '{call.query}' {_command(call.service, one)} | while IFS= read -r value; do {asked}; done"
        for one in listings
    ]


def _command(service: str, words: str) -> str:
    region = _REGIONS.get(service)
    return f"{_COMMANDS.get(service, service)} {words}{f' --region {region}' if region else ''}"


def _nested(within: Within, service: str, command: str, file: str) -> str:
    """A loop in a loop. What was asked for stands in the file's path by name: `describe-rules/ListenerArn=…`."""
    outer = f'--{_kebab(within.parameter)} "$value"'
    told = f'{within.parameter}=$(named "$value")/' if within.both else ""
    ask = (
        f'ask "{file}/{told}{within.asks}=$(named "$inner").json" {command}'
        f'{f" {outer}" if within.both else ""} --{_kebab(within.asks)} "$inner"'
    )
    return (
        f"each '{within.query}' {_command(service, within.listing)} | while IFS= read -r value; do "
        f"each '{within.inner_query}' {_command(service, within.inner)} {outer} | "
        f"while IFS= read -r inner; do {ask}; done; done"
    )


@functools.cache
def _calls() -> tuple[Call, ...]:
    found: dict[tuple[str, str], tuple[Call, ...]] = {}
    for known, spelling in _spellings():
        service, operation = _service(spelling), _operation(spelling)
        needs = _needs(service, operation, spelling)
        if needs is None or (service, operation) in found:
            continue
        always = _ALWAYS.get(f"{service}:{operation}", {})
        constant = _OWN.get(f"{service}:{operation}", "")
        if "AccountId" in needs and service == "s3control":
            constant = '--account-id "$account"'
        needs = tuple(name for name in needs if name not in always and not (name == "AccountId" and constant))
        call = None
        if f"{service}:{operation}" in _WITHIN:
            asks = _WITHIN[f"{service}:{operation}"].asks
            call = Call(service, operation, asks, "", "", known.global_)
        elif not needs:
            call = Call(service, operation, "", "", "", known.global_, constant)
        elif len(needs) == 1:
            listed = _listed(known, service, operation, needs[0])
            if listed is not None:
                call = Call(service, operation, needs[0], *listed, known.global_, constant)
        if call is not None:
            found[service, operation] = tuple(_each(call, always))
    return tuple(call for calls in found.values() for call in calls)


def _listed(known: Kind, service: str, operation: str, asked: str) -> tuple[str, str] | None:
    """The listing that holds what is asked for: its words on the command line, and the query for the values."""
    named = _LISTS.get(f"{service}:{operation}")
    if named is not None:
        return named
    for listing, attribute in _listings(known, service, asked):
        words = _kebab(_operation(listing))
        always = _ALWAYS.get(listing.type, {})
        # Policies are listed by type, and every type has to be asked for.
        given = [f"--{_kebab(name)} {{{name}}}" for name in always]
        return " ".join([words, *given]), _jmespath(listing.items, attribute)
    return None


def _each(call: Call, always: dict[str, tuple[str, ...]]) -> Iterator[Call]:
    """The call, once for each value of what is always given."""
    if not always:
        yield call
    for name, values in always.items():
        for value in values:
            told = f".{value}" if len(values) > 1 else ""
            yield call._replace(given=f"{call.given} --{_kebab(name)} {value}".strip(), told=told)


@functools.cache
def _models(service: str) -> ServiceModel | None:
    session = botocore.session.get_session()
    return session.get_service_model(service) if service in session.get_available_services() else None


def _needs(service: str, operation: str, spelling: Spelling) -> tuple[str, ...] | None:
    """The parameters an operation has to be given; None when it is no operation of the service."""
    model = _models(service)
    if model is None or operation not in model.operation_names:
        return None
    shape = model.operation_model(operation).input_shape
    required = list(shape.required_members) if shape else []
    return tuple(dict.fromkeys([*required, *(name for name in spelling.asks if shape and name in shape.members)]))


def _spellings() -> Iterator[tuple[Kind, Spelling]]:
    for name in kind_names():
        known = kind(name)
        for spelling in known.spellings:
            if spelling.dialect == API and _operation(spelling).startswith(_READS) and spelling.type not in _NEVER:
                yield known, spelling


def _listings(known: Kind, service: str, asked: str) -> Iterator[tuple[Spelling, str]]:
    """Operations that list, unasked, what another one asks for, and the attribute that holds it: own kind first."""
    for own in (True, False):
        for name in kind_names():
            if (name == known.name) is not own:
                continue
            for spelling in kind(name).spellings:
                bulk = (
                    spelling.dialect == API and _service(spelling) == service and spelling.key and "*" in spelling.items
                )
                needs = _needs(service, _operation(spelling), spelling) if bulk and not spelling.part_of else None
                if needs is not None and set(needs) <= _ALWAYS.get(spelling.type, {}).keys():
                    attribute = _attribute(spelling, asked, own)
                    if attribute is not None:
                        yield spelling, attribute


def _attribute(listing: Spelling, asked: str, own: bool) -> str | None:
    """Which attribute of a listed object is what another operation asks for; None when that cannot be told."""
    known = {how.split(".")[0] for how in listing.fields.values() if isinstance(how, str)}
    known |= {listing.key, *listing.ignores}
    wanted = asked.lower()
    exact = sorted(name for name in known if name.lower() == wanted)
    if exact:
        return exact[0]
    if not own:
        # A list of bare names or ARNs: `ListClusters` for what asks for a cluster.
        thing = _operation(listing).removeprefix("List").rstrip("s").lower()
        return "Value" if listing.key == "Value" and wanted.startswith(thing) else None
    if wanted.endswith("arn"):
        arns = [name for name in known if name.lower().endswith("arn")]
        return min(arns, key=lambda name: (name != listing.key, len(name), name)) if arns else None
    return listing.key


def _jmespath(items: str, attribute: str) -> str:
    where = items.replace(".*", "[]")
    return where if attribute == "Value" else f"{where}.{attribute}"


def _service(spelling: Spelling) -> str:
    return spelling.type.partition(":")[0]


def _operation(spelling: Spelling) -> str:
    return spelling.type.partition(":")[2].partition("/")[0]


def _kebab(name: str) -> str:
    """As the command line writes an operation or parameter: DescribeDBInstances is describe-db-instances."""
    text = re.sub(r"([a-z0-9])([A-Z])", r"\1-\2", name)
    return re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1-\2", text).lower()


if __name__ == "__main__":
    sys.exit(main())
