"""Data sources that need no cloud: policy documents, and what the provider configuration says already."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from nephograph.model.value import Unknown
from nephograph.sources.policy_document import render_text
from nephograph.sources.terraform.completion import default_tags
from nephograph.sources.terraform.scope import rendered
from nephograph.sources.terraform.values import joined

if TYPE_CHECKING:
    from nephograph.sources.terraform.resources import Instance


def data_value(instance: Instance, name: str) -> Any:
    """What an attribute of a data source is known to be beyond its arguments; None for nothing."""
    read = _READ.get(instance.type)
    return read(instance, name) if read is not None else None


def is_evaluated(instance: Instance) -> bool:
    """True when the data source is one of those that are evaluated here, every attribute of it."""
    return instance.type in _READ and instance.type not in _IN_PART


def _policy_document(instance: Instance, name: str) -> Any:
    if name in ("json", "minified_json"):
        return render_text(instance.attributes(), minified=name == "minified_json")
    return None


def _caller_identity(instance: Instance, name: str) -> Any:
    if name not in ("account_id", "id"):
        return None
    configuration = instance.configuration
    instance.module.context.assume(
        f"{instance.address}.{name} is the account of provider {configuration.label}: nobody was asked."
    )
    return configuration.account


def _region(instance: Instance, name: str) -> Any:
    if name not in ("name", "region", "id"):
        return None
    for argument in ("region", "name"):
        written = instance.written(argument)
        if isinstance(written, str | Unknown):
            return written
    configuration = instance.configuration
    instance.module.context.assume(
        f"{instance.address}.{name} is the region of provider {configuration.label}: nobody was asked."
    )
    return configuration.region


def _partition_of(region: Any) -> str:
    prefix = region if isinstance(region, str) else ""
    return "aws-cn" if prefix.startswith("cn-") else "aws-us-gov" if prefix.startswith("us-gov-") else "aws"


def _partition(instance: Instance, name: str) -> Any:
    suffixes = {"aws": "amazonaws.com", "aws-cn": "amazonaws.com.cn", "aws-us-gov": "amazonaws.com"}
    region = instance.configuration.region
    partition = _partition_of(region)
    values = {
        "partition": partition,
        "id": partition,
        "dns_suffix": suffixes[partition],
        "reverse_dns_prefix": ".".join(reversed(suffixes[partition].split("."))),
    }
    if name not in values:
        return None
    why = "by its region" if isinstance(region, str) and region else "because its region is not known"
    instance.module.context.assume(f"{instance.address}.{name} is that of the partition {partition}, {why}.")
    return values[name]


def _identity_provider(instance: Instance, name: str) -> Any:
    """The URL of an OpenID Connect provider is all of its ARN that the account and the partition do not say.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    """
    url = instance.written("url")
    if name != "arn" or not isinstance(url, str | Unknown):
        return None
    host = url.removeprefix("https://") if isinstance(url, str) else url
    configuration = instance.configuration
    partition = _partition_of(configuration.region)
    return joined([f"arn:{partition}:iam::", configuration.account, ":oidc-provider/", host])


_ZONES = {
    "us-east-1": "abcdef",
    "us-west-1": "ac",
    "us-west-2": "abcd",
    "ap-northeast-1": "acd",
    "ap-northeast-2": "abcd",
    "ca-central-1": "abd",
}
"""Regions whose zones are not a, b and c; one account may see others.

https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
"""


def _zones(instance: Instance, name: str) -> Any:
    """The names of the zones by the region: an account may see other letters, so the answer is a named assumption."""
    if name not in ("names", "id"):
        return None
    configuration = instance.configuration
    region = configuration.region
    if name == "id":
        return region
    without = instance.written("exclude_names")
    if isinstance(without, Unknown) or instance.written("exclude_zone_ids") is not None:
        return None
    letters = _ZONES.get(region, "abc") if isinstance(region, str) else "abc"
    zones = [joined([region, letter]) for letter in letters]
    left = [zone for zone in zones if not isinstance(without, list) or zone not in without]
    instance.module.context.assume(
        f"{instance.address}.names are {len(letters)} zones, {', '.join(letters)}, of the region of provider "
        f"{configuration.label}: nobody was asked."
    )
    return left


def _default_tags(instance: Instance, name: str) -> Any:
    return (default_tags(instance) or {}) if name == "tags" else None


def _arn(instance: Instance, name: str) -> Any:
    fields = ("partition", "service", "region", "account", "resource")
    arn = instance.written("arn")
    if isinstance(arn, str) and name in fields and arn.startswith("arn:") and arn.count(":") >= len(fields):
        return arn.split(":", len(fields))[1:][fields.index(name)]
    return None


def _billing_account(instance: Instance, name: str) -> Any:
    """The account that writes billing reports is one for the whole partition.

    https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/billing-getting-started.html#step-2
    """
    account = "386209384616"
    return {"id": account, "arn": f"arn:aws:iam::{account}:root"}.get(name)


def _template(instance: Instance, name: str) -> Any:
    """`template_file`: the old way to `templatefile`, rendered the same."""
    template, variables = instance.written("template"), instance.written("vars")
    if name != "rendered" or template is None:
        return None
    written = instance.block.body.value("template")
    assert written is not None
    return rendered(template, {} if variables is None else variables, written, instance.env)


_READ: dict[str, Callable[[Instance, str], Any]] = {
    "aws_iam_policy_document": _policy_document,
    "aws_caller_identity": _caller_identity,
    "aws_region": _region,
    "aws_partition": _partition,
    "aws_iam_openid_connect_provider": _identity_provider,
    "aws_availability_zones": _zones,
    "aws_default_tags": _default_tags,
    "aws_arn": _arn,
    "aws_billing_service_account": _billing_account,
    "template_file": _template,
}

_IN_PART = {"aws_iam_openid_connect_provider", "aws_availability_zones"}
"""Of these only some attributes are known: the rest is read by the provider, and counted."""
