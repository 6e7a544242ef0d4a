"""CloudFront distribution: its doors, what answers behind them, and how it is guarded and logged."""

from nephograph.catalog.aws._cloudfront import (
    ORIGINS,
    aws_behaviors,
    aws_origins,
    behaviors_field,
    bucket,
    listed,
    terraform_behaviors,
    terraform_origins,
)
from nephograph.catalog.aws._elb import said
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Reader,
    Spelling,
    flag,
    group,
    mapping,
    reference,
    text,
    texts,
)
from nephograph.catalog.readers import says, tags, when_said
from nephograph.model.resource import Class


def _lower(path: str, silent: str | None = None) -> Reader:
    """A word that some write in small letters and others in capitals; `silent` is what leaving it out means."""

    def read(document: Cursor) -> Tree:
        cursor = document.at(*path.split("."))
        if not cursor.present:
            return cursor.be(silent)
        return cursor.be(cursor.value.lower()) if isinstance(cursor.value, str) else cursor

    return read


def _log_bucket(path: str) -> Reader:
    return lambda document: bucket(document.at(*path.split(".")))


def _config(prefix: str) -> Fields:
    """What the config of a distribution says in templates and answers; `prefix` is where the config stands."""
    dot = f"{prefix}." if prefix else ""

    def aliases(document: Cursor) -> Tree:
        names = listed(document.at(*f"{dot}Aliases".split(".")))
        return names if says(names) else None

    def locations(document: Cursor) -> Tree:
        restriction = document.at(*f"{dot}Restrictions.GeoRestriction".split("."))
        return next((found for n in ("Locations", "Items") if says(found := restriction.at(n))), None)

    return {
        "aliases": aliases,
        "enabled": f"{dot}Enabled",
        "comment": said(f"{dot}Comment"),
        "web_acl": f"{dot}WebACLId",
        "price_class": f"{dot}PriceClass",
        "http_version": _lower(f"{dot}HttpVersion"),
        "staging": f"{dot}Staging",
        "default_certificate": f"{dot}ViewerCertificate.CloudFrontDefaultCertificate",
        "minimum_tls": said(f"{dot}ViewerCertificate.MinimumProtocolVersion"),
        "geo_restriction": f"{dot}Restrictions.GeoRestriction.RestrictionType",
        "geo_locations": locations,
        "origins": aws_origins(prefix),
        "behaviors": aws_behaviors(prefix),
    }


_LOGGING: Fields = {
    "default_root_object": said("DistributionConfig.DefaultRootObject"),
    "logging.enabled": "DistributionConfig.Logging.Enabled",
    "logging.bucket": _log_bucket("DistributionConfig.Logging.Bucket"),
    "logging.prefix": said("DistributionConfig.Logging.Prefix"),
}
_CERTIFICATE = "ViewerCertificate.ACMCertificateArn"
_PAGES = ("IsTruncated", "Marker", "MaxItems", "NextMarker", "Quantity")

KIND = Kind(
    native="AWS::CloudFront::Distribution",
    service="cloudfront",
    cls=Class.LOAD_BALANCER,
    global_=True,
    identity=("id",),
    arn="arn:{partition}:cloudfront::{account}:distribution/{id}",
    id="{id}",
    aliases=("domain",),
    fields={
        "id": text(),
        "domain": text(),
        "aliases": texts(),
        "enabled": flag(),
        "comment": text(),
        "web_acl": reference("aws_wafv2_web_acl"),
        "price_class": text(default="PriceClass_All"),
        "http_version": text(default="http2"),
        "ipv6": flag(default=False),
        "staging": flag(default=False),
        "default_root_object": text(),
        "certificate": reference("aws_acm_certificate"),
        "default_certificate": flag(default=False),
        "minimum_tls": text(),
        # none, whitelist or blacklist of countries.
        "geo_restriction": text(default="none"),
        "geo_locations": texts(),
        "logging": group(enabled=flag(default=False), bucket=reference("aws_s3_bucket"), prefix=text()),
        "origins": ORIGINS,
        "behaviors": behaviors_field(),
        "status": text(),
        "tags": mapping(),
    },
    links=(
        Link("protected_by", "web_acl"),
        Link("uses_certificate", "certificate"),
        Link("logs_to", "logging.bucket"),
        Link("forwards_to", "origins.*.source"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_cloudfront_distribution",
            {
                "id": "id",
                "domain": "domain_name",
                "aliases": "aliases",
                "enabled": "enabled",
                "comment": said("comment"),
                "web_acl": "web_acl_id",
                "price_class": "price_class",
                "http_version": "http_version",
                "ipv6": "is_ipv6_enabled",
                "staging": "staging",
                "default_root_object": said("default_root_object"),
                "certificate": "viewer_certificate.acm_certificate_arn",
                "default_certificate": "viewer_certificate.cloudfront_default_certificate",
                "minimum_tls": said("viewer_certificate.minimum_protocol_version"),
                "geo_restriction": "restrictions.geo_restriction.restriction_type",
                "geo_locations": said("restrictions.geo_restriction.locations"),
                "logging.enabled": when_said("logging_config", True),
                "logging.bucket": _log_bucket("logging_config.bucket"),
                "logging.prefix": said("logging_config.prefix"),
                "origins": terraform_origins,
                "behaviors": terraform_behaviors,
                "status": "status",
                "tags": "tags",
            },
            computed={"domain_name": "{domain}"},
            ignores=(
                "anycast_ip_list_id",
                "caller_reference",
                "connection_function_association",
                "continuous_deployment_policy_id",
                "custom_error_response",
                "etag",
                "hosted_zone_id",
                "in_progress_validation_batches",
                "last_modified_time",
                "logging_v1_enabled",
                "origin_group",
                "retain_on_delete",
                "trusted_key_groups",
                "trusted_signers",
                "viewer_mtls_config",
                "wait_for_deployment",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::CloudFront::Distribution",
            {
                **_config("DistributionConfig"),
                "ipv6": "DistributionConfig.IPV6Enabled",
                # A template that says nothing asks for HTTP/1.1.
                "http_version": _lower("DistributionConfig.HttpVersion", "http1.1"),
                "default_root_object": said("DistributionConfig.DefaultRootObject"),
                "certificate": "DistributionConfig.ViewerCertificate.AcmCertificateArn",
                "logging.enabled": when_said("DistributionConfig.Logging", True),
                "logging.bucket": _log_bucket("DistributionConfig.Logging.Bucket"),
                "logging.prefix": said("DistributionConfig.Logging.Prefix"),
                "tags": tags("Tags"),
            },
            computed={"DomainName": "{domain}", "Id": "id"},
        ),
        Spelling(
            "api",
            "cloudfront:ListDistributions",
            {
                **_config(""),
                "id": "Id",
                "domain": "DomainName",
                "ipv6": "IsIPV6Enabled",
                "certificate": _CERTIFICATE,
                "status": "Status",
            },
            items="DistributionList.Items.*",
            key="Id",
            ignores=(
                "ARN",
                "AliasICPRecordals",
                "AnycastIpListId",
                "ConnectionFunctionAssociation",
                "ConnectionMode",
                "CustomErrorResponses",
                "ETag",
                "IsTruncated",
                "LastModifiedTime",
                "Marker",
                "MaxItems",
                "NextMarker",
                "OriginGroups",
                "Quantity",
                "ViewerMtlsConfig",
            ),
        ),
        Spelling(
            "api",
            "cloudfront:GetDistribution",
            {
                **_config("DistributionConfig"),
                **_LOGGING,
                "id": "Id",
                "domain": "DomainName",
                "ipv6": "DistributionConfig.IsIPV6Enabled",
                "certificate": f"DistributionConfig.{_CERTIFICATE}",
                "status": "Status",
            },
            items="Distribution",
            key="Id",
            ignores=(
                "ARN",
                "ActiveTrustedKeyGroups",
                "ActiveTrustedSigners",
                "AliasICPRecordals",
                "ETag",
                "InProgressInvalidationBatches",
                "LastModifiedTime",
            ),
        ),
        Spelling(
            "api",
            "cloudfront:GetDistributionConfig",
            {
                **_config("DistributionConfig"),
                **_LOGGING,
                "id": "Id",
                "ipv6": "DistributionConfig.IsIPV6Enabled",
                "certificate": f"DistributionConfig.{_CERTIFICATE}",
            },
            asks=("Id",),
            key="Id",
            ignores=("ETag",),
        ),
        Spelling(
            "api",
            "cloudfront:ListTagsForResource",
            {"tags": tags("Tags.Items")},
            part_of="Resource",
            asks=("Resource",),
        ),
    ),
    references=("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-overview.html",),
)
