"""Origins and cache behaviours of CloudFront distributions, in the words of each dialect."""

import re

from nephograph.catalog.aws._route53 import named
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Field, Reader, items, keyed, reference, text, texts
from nephograph.catalog.readers import both, first_of, says

ORIGINS = keyed(
    "id",
    id=text(),
    domain=text(),
    # What answers under the domain, where code refers to it or the domain tells.
    source=reference("aws_s3_bucket", "aws_lb", "aws_elb", "aws_api_gateway_rest_api", "aws_apigatewayv2_api"),
    path=text(),
    access_control=text(),
    access_identity=text(),
    protocol_policy=text(),
    tls_versions=texts(),
)


def behaviors_field() -> Field:
    """Cache behaviours; the path pattern of the default one is `*`, and it comes last."""
    return items(
        path=text(),
        origin=text(),
        viewer_protocol=text(),
        methods=texts(),
        cache_policy=text(),
        response_headers_policy=text(),
        key_groups=texts(),
        signers=texts(),
        functions=texts(),
    )


_BUCKET = re.compile(r"^(?P<name>.+?)\.s3(?:-website)?(?:[.-][a-z]{2}(?:-[a-z]+)+-\d)?\.amazonaws\.com(?:\.cn)?$")
_API = re.compile(r"^(?P<name>[a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$")


def _source(domain: Cursor) -> Tree:
    """The bucket, API or balancer a domain names; of others only a reference tells."""
    if domain.unknown:
        return domain
    found = _BUCKET.match(str(domain.value)) or _API.match(str(domain.value))
    return domain.be(found.group("name")) if found else named(domain)


def bucket(domain: Cursor) -> Tree:
    """The bucket that logs go to, which is written as its domain."""
    if domain.unknown or not says(domain):
        return domain if domain.unknown else None
    found = _BUCKET.match(str(domain.value))
    return domain.be(found.group("name")) if found else domain


def listed(cursor: Cursor) -> Cursor:
    """A list that the API wraps as `{"Quantity": …, "Items": […]}` and other dialects do not."""
    return cursor.at("Items") if isinstance(cursor.value, dict) else cursor


def _terraform_origin(origin: Cursor) -> dict[str, Tree]:
    return {
        "id": origin.at("origin_id"),
        "domain": origin.at("domain_name"),
        "source": _source(origin.at("domain_name")),
        "path": first_of(origin, "origin_path"),
        "access_control": first_of(origin, "origin_access_control_id"),
        "access_identity": first_of(origin, "s3_origin_config.origin_access_identity"),
        "protocol_policy": first_of(origin, "custom_origin_config.origin_protocol_policy"),
        "tls_versions": first_of(origin, "custom_origin_config.origin_ssl_protocols"),
    }


def _aws_origin(origin: Cursor) -> dict[str, Tree]:
    custom = origin.at("CustomOriginConfig")
    versions = first_of(custom, "OriginSSLProtocols", "OriginSslProtocols.Items")
    return {
        "id": origin.at("Id"),
        "domain": origin.at("DomainName"),
        "source": _source(origin.at("DomainName")),
        "path": first_of(origin, "OriginPath"),
        "access_control": first_of(origin, "OriginAccessControlId"),
        "access_identity": first_of(origin, "S3OriginConfig.OriginAccessIdentity"),
        "protocol_policy": first_of(custom, "OriginProtocolPolicy"),
        "tls_versions": versions,
    }


def terraform_origins(document: Cursor) -> Tree:
    """The origin blocks."""
    blocks = document.at("origin")
    if blocks.unknown or not blocks.present:
        return blocks
    return [one if one.unknown else _terraform_origin(one) for one in blocks.each()]


def aws_origins(config: str) -> Reader:
    """The origins of a distribution's config at this path ("" for the document itself)."""

    def read(document: Cursor) -> Tree:
        origins = listed(_config(document, config).at("Origins"))
        return [one if one.unknown else _aws_origin(one) for one in origins.each()] or None

    return read


def _terraform_behavior(behavior: Cursor) -> dict[str, Tree]:
    path = behavior.at("path_pattern")
    functions = both("function_association", "lambda_function_association")(behavior)
    blocks = (
        functions if isinstance(functions, list) else list(functions.each()) if isinstance(functions, Cursor) else []
    )
    return {
        "path": path if path.present else behavior.be("*"),
        "origin": behavior.at("target_origin_id"),
        "viewer_protocol": behavior.at("viewer_protocol_policy"),
        "methods": behavior.at("allowed_methods"),
        "cache_policy": first_of(behavior, "cache_policy_id"),
        "response_headers_policy": first_of(behavior, "response_headers_policy_id"),
        "key_groups": first_of(behavior, "trusted_key_groups"),
        "signers": first_of(behavior, "trusted_signers"),
        "functions": [
            one if one.unknown else first_of(one, "function_arn", "lambda_arn")
            for one in blocks
            if isinstance(one, Cursor)
        ]
        or None,
    }


def _aws_behavior(behavior: Cursor) -> dict[str, Tree]:
    path = behavior.at("PathPattern")
    functions = [one.at("FunctionARN") for one in listed(behavior.at("FunctionAssociations")).each()]
    functions += [one.at("LambdaFunctionARN") for one in listed(behavior.at("LambdaFunctionAssociations")).each()]
    groups, signers = (listed(behavior.at(name)) for name in ("TrustedKeyGroups", "TrustedSigners"))
    return {
        "path": path if path.present else behavior.be("*"),
        "origin": behavior.at("TargetOriginId"),
        "viewer_protocol": behavior.at("ViewerProtocolPolicy"),
        "methods": listed(behavior.at("AllowedMethods")),
        "cache_policy": first_of(behavior, "CachePolicyId"),
        "response_headers_policy": first_of(behavior, "ResponseHeadersPolicyId"),
        "key_groups": groups if says(groups) else None,
        "signers": signers if says(signers) else None,
        "functions": list(functions) or None,
    }


def terraform_behaviors(document: Cursor) -> Tree:
    """The behaviours of paths in their order, then the default one."""
    found: list[Tree] = []
    for name in ("ordered_cache_behavior", "default_cache_behavior"):
        found += [one if one.unknown else _terraform_behavior(one) for one in document.at(name).each()]
    return found or None


def aws_behaviors(config: str) -> Reader:
    """The behaviours of a distribution's config at this path ("" for the document itself)."""

    def read(document: Cursor) -> Tree:
        inside = _config(document, config)
        behaviors = [*listed(inside.at("CacheBehaviors")).each(), *inside.at("DefaultCacheBehavior").each()]
        return [one if one.unknown else _aws_behavior(one) for one in behaviors] or None

    return read


def _config(document: Cursor, config: str) -> Cursor:
    return document.at(config) if config else document
