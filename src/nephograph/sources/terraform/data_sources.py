"""Data sources that need no cloud: policy documents, and what the provider configuration says already."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from nephograph.model.value import Unknown
from nephograph.sources.terraform.policy_document import render_text
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
    configuration = instance.module.providers.of_block(instance.block)
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
    configuration = instance.module.providers.of_block(instance.block)
    instance.module.context.assume(
        f"{instance.address}.{name} is the region of provider {configuration.label}: nobody was asked."
    )
    return configuration.region


def _partition_of(region: Any) -> str:
    prefix = region if isinstance(region, str) else ""
    return "aws-cn" if prefix.startswith("cn-") else "aws-us-gov" if prefix.startswith("us-gov-") else "aws"


def _partition(instance: Instance, name: str) -> Any:
    suffixes = {"aws": "amazonaws.com", "aws-cn": "amazonaws.com.cn", "aws-us-gov": "amazonaws.com"}
    region = instance.module.providers.of_block(instance.block).region
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
    configuration = instance.module.providers.of_block(instance.block)
    partition = _partition_of(configuration.region)
    return joined([f"arn:{partition}:iam::", configuration.account, ":oidc-provider/", host])


_READ: dict[str, Callable[[Instance, str], Any]] = {
    "aws_iam_policy_document": _policy_document,
    "aws_caller_identity": _caller_identity,
    "aws_region": _region,
    "aws_partition": _partition,
    "aws_iam_openid_connect_provider": _identity_provider,
}

_IN_PART = {"aws_iam_openid_connect_provider"}
"""Of these only some attributes are known: the rest is read by the provider, and counted."""
