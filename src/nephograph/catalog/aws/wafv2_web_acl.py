"""Web ACL of WAF: its rules, what it protects and where it logs."""

from nephograph.catalog.aws._elb import said
from nephograph.catalog.aws._wafv2 import RULES, chosen, rules
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Fields, Kind, Link, Reader, Spelling, mapping, references, text
from nephograph.catalog.readers import element, tags
from nephograph.model.resource import Class


def _action(path: str) -> Reader:
    return lambda document: chosen(document.at(*path.split(".")))


def _scope(path: str) -> Reader:
    """Where it stands, from the ARN: a global one belongs to CloudFront."""

    def read(document: Cursor) -> Tree:
        arn = document.at(*path.split("."))
        if not isinstance(arn.value, str):
            return arn
        return arn.be("CLOUDFRONT" if ":global/" in arn.value else "REGIONAL")

    return read


_GOT: Fields = {
    "id": "Id",
    "arn": "ARN",
    "name": "Name",
    "description": said("Description"),
    "scope": _scope("ARN"),
}
_TARGETS = ("aws_lb", "aws_api_gateway_stage", "aws_cloudfront_distribution")
_LOGS = ("aws_cloudwatch_log_group", "aws_s3_bucket")

KIND = Kind(
    native="AWS::WAFv2::WebACL",
    service="wafv2",
    cls=Class.POLICY,
    identity=("id",),
    arn="{arn}",
    id="{id}",
    label="name",
    fields={
        "id": text(),
        "arn": text(),
        "name": text(),
        "description": text(),
        # REGIONAL or CLOUDFRONT.
        "scope": text(),
        "default_action": text(),
        "rules": RULES,
        "protects": references(*_TARGETS),
        "log_destinations": references(*_LOGS),
        "tags": mapping(),
    },
    links=(Link("protected_by", "protects", inverse=True), Link("logs_to", "log_destinations")),
    spellings=(
        Spelling(
            "terraform",
            "aws_wafv2_web_acl",
            {
                "id": "id",
                "arn": "arn",
                "name": "name",
                "description": said("description"),
                "scope": "scope",
                "default_action": _action("default_action"),
                "rules": rules,
                "tags": "tags",
            },
            ignores=(
                "application_integration_url",
                "association_config",
                "capacity",
                "captcha_config",
                "challenge_config",
                "custom_response_body",
                "data_protection_config",
                "lock_token",
                "name_prefix",
                "token_domains",
                "visibility_config",
            ),
        ),
        Spelling(
            "terraform", "aws_wafv2_web_acl_association", {"protects": element("resource_arn")}, part_of="web_acl_arn"
        ),
        Spelling(
            "terraform",
            "aws_wafv2_web_acl_logging_configuration",
            {"log_destinations": "log_destination_configs"},
            part_of="resource_arn",
            ignores=("logging_filter", "redacted_fields"),
        ),
        Spelling(
            "cloudformation",
            "AWS::WAFv2::WebACL",
            {
                "name": "Name",
                "description": "Description",
                "scope": "Scope",
                "default_action": _action("DefaultAction"),
                "rules": rules,
                "tags": tags("Tags"),
            },
            # A reference reads `name|id|scope`.
            computed={"Id": "id", "Ref": "{name}|{id}|{scope}"},
            ignores=(
                "ApplicationConfig",
                "AssociationConfig",
                "CaptchaConfig",
                "ChallengeConfig",
                "CustomResponseBodies",
                "DataProtectionConfig",
                "MonetizationConfig",
                "OnSourceDDoSProtectionConfig",
                "TokenDomains",
                "VisibilityConfig",
            ),
        ),
        Spelling(
            "cloudformation", "AWS::WAFv2::WebACLAssociation", {"protects": element("ResourceArn")}, part_of="WebACLArn"
        ),
        Spelling(
            "cloudformation",
            "AWS::WAFv2::LoggingConfiguration",
            {"log_destinations": "LogDestinationConfigs"},
            part_of="ResourceArn",
            ignores=("LoggingFilter", "RedactedFields"),
        ),
        Spelling("api", "wafv2:ListWebACLs", _GOT, items="WebACLs.*", key="ARN", ignores=("LockToken",)),
        Spelling(
            "api",
            "wafv2:GetWebACL",
            {**_GOT, "default_action": _action("DefaultAction"), "rules": rules},
            items="WebACL",
            key="ARN",
            ignores=(
                "ApplicationConfig",
                "ApplicationIntegrationURL",
                "AssociationConfig",
                "Capacity",
                "CaptchaConfig",
                "ChallengeConfig",
                "CustomResponseBodies",
                "DataProtectionConfig",
                "LabelNamespace",
                "LockToken",
                "ManagedByFirewallManager",
                "MonetizationConfig",
                "OnSourceDDoSProtectionConfig",
                "PostProcessFirewallManagerRuleGroups",
                "PreProcessFirewallManagerRuleGroups",
                "RetrofittedByFirewallManager",
                "TokenDomains",
                "VisibilityConfig",
            ),
        ),
        Spelling(
            "api",
            "wafv2:ListResourcesForWebACL",
            {"protects": "ResourceArns"},
            part_of="WebACLArn",
            asks=("WebACLArn",),
        ),
        Spelling(
            "api",
            "wafv2:ListLoggingConfigurations",
            {"log_destinations": "LogDestinationConfigs"},
            items="LoggingConfigurations.*",
            part_of="ResourceArn",
            key="ResourceArn",
            ignores=("LogScope", "LogType", "LoggingFilter", "ManagedByFirewallManager", "RedactedFields"),
        ),
        Spelling(
            "api",
            "wafv2:ListTagsForResource",
            {"tags": tags("TagInfoForResource.TagList")},
            part_of="ResourceARN",
            asks=("ResourceARN",),
        ),
    ),
    references=("https://docs.aws.amazon.com/waf/latest/developerguide/web-acl.html",),
)
