"""CloudWatch log group, with what its records are sent on to."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Spelling, flag, keyed, mapping, number, reference, text
from nephograph.catalog.readers import always, one, one_when, tags, when_said
from nephograph.model.resource import Class

_ARN = "arn:{partition}:logs:{region}:{account}:log-group:{name}"


def _protected(document: Cursor) -> Tree:
    status = document.at("dataProtectionStatus")
    return status.be(status.value == "ACTIVATED") if status.present else None


KIND = Kind(
    native="AWS::Logs::LogGroup",
    service="logs",
    cls=Class.GENERIC,
    identity=("name",),
    arn=_ARN,
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "kms_key": reference("aws_kms_key"),
        # Days; 0 for ever.
        "retention_days": number(default=0),
        "storage_class": text(default="STANDARD"),
        "deletion_protection": flag(default=False),
        # Whether records are searched for sensitive data and masked.
        "data_protection": flag(default=False),
        "subscriptions": keyed("name", name=text(), destination=reference("aws_lambda_function")),
        "tags": mapping(),
    },
    links=(Link("encrypted_by", "kms_key"), Link("sends_to", "subscriptions.*.destination")),
    spellings=(
        Spelling(
            "terraform",
            "aws_cloudwatch_log_group",
            {
                "name": "name",
                "kms_key": "kms_key_id",
                "retention_days": "retention_in_days",
                "storage_class": "log_group_class",
                "deletion_protection": "deletion_protection_enabled",
                "tags": "tags",
            },
            computed={"name": "{name}"},
            ignores=("name_prefix", "skip_destroy"),
        ),
        Spelling(
            "terraform",
            "aws_cloudwatch_log_data_protection_policy",
            {"data_protection": always(True)},
            part_of="log_group_name",
            ignores=("policy_document",),
        ),
        Spelling(
            "terraform",
            "aws_cloudwatch_log_subscription_filter",
            {"subscriptions": one(lambda d: {"name": d.at("name"), "destination": d.at("destination_arn")})},
            part_of="log_group_name",
            ignores=(
                "apply_on_transformed_logs",
                "distribution",
                "emit_system_fields",
                "filter_pattern",
                "role_arn",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::Logs::LogGroup",
            {
                "name": "LogGroupName",
                "kms_key": "KmsKeyId",
                "retention_days": "RetentionInDays",
                "storage_class": "LogGroupClass",
                "deletion_protection": "DeletionProtectionEnabled",
                "data_protection": when_said("DataProtectionPolicy", True),
                "tags": tags("Tags"),
            },
            computed={"Arn": f"{_ARN}:*"},
            ignores=("BearerTokenAuthenticationEnabled", "FieldIndexPolicies", "ResourcePolicyDocument"),
        ),
        Spelling(
            "cloudformation",
            "AWS::Logs::SubscriptionFilter",
            {"subscriptions": one(lambda d: {"name": d.at("FilterName"), "destination": d.at("DestinationArn")})},
            part_of="LogGroupName",
            ignores=(
                "ApplyOnTransformedLogs",
                "Distribution",
                "EmitSystemFields",
                "FieldSelectionCriteria",
                "FilterPattern",
                "RoleArn",
            ),
        ),
        Spelling(
            "api",
            "logs:DescribeLogGroups",
            {
                "name": "logGroupName",
                "kms_key": "kmsKeyId",
                "retention_days": "retentionInDays",
                "storage_class": "logGroupClass",
                "deletion_protection": "deletionProtectionEnabled",
                "data_protection": _protected,
            },
            items="logGroups.*",
            key="logGroupName",
            ignores=(
                "arn",
                "bearerTokenAuthenticationEnabled",
                "creationTime",
                "inheritedProperties",
                "logGroupArn",
                "metricFilterCount",
                "retentionPolicyName",
                "storedBytes",
            ),
        ),
        Spelling(
            "api",
            "logs:DescribeSubscriptionFilters",
            {
                "subscriptions": one_when(
                    "filterName", lambda d: {"name": d.at("filterName"), "destination": d.at("destinationArn")}
                )
            },
            items="subscriptionFilters.*",
            part_of="logGroupName",
            asks=("logGroupName",),
            ignores=(
                "applyOnTransformedLogs",
                "creationTime",
                "distribution",
                "emitSystemFields",
                "fieldSelectionCriteria",
                "filterPattern",
                "roleArn",
            ),
        ),
        Spelling("api", "logs:ListTagsForResource", {"tags": "tags"}, part_of="resourceArn", asks=("resourceArn",)),
        Spelling("api", "logs:ListTagsLogGroup", {"tags": "tags"}, part_of="logGroupName", asks=("logGroupName",)),
    ),
    references=("https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",),
)
