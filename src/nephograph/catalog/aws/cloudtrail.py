"""CloudTrail trail: which calls of which accounts and regions are recorded, where to, and with what proof."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Reader,
    Spelling,
    flag,
    items,
    mapping,
    reference,
    text,
    texts,
)
from nephograph.catalog.readers import each, first_of, pluck, tags
from nephograph.model.resource import Class
from nephograph.model.value import Unknown


def _log_group(name: str) -> Reader:
    """The log group without the `:*` (all its streams) that CloudTrail asks for behind its ARN."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        if isinstance(said.value, str):
            return said.be(said.value.removesuffix(":*"))
        if isinstance(said.value, Unknown) and said.value.parts[1:] == (":*",):
            return said.be(said.value.parts[0])
        return said

    return read


def _selectors(name: str, words: tuple[str, str, str, str, str, str]) -> Reader:
    kind, management, excluded, data, type_, values = words

    def resource(one: Cursor) -> dict[str, Tree]:
        return {"type": one.at(type_), "values": one.at(values)}

    def selector(one: Cursor) -> dict[str, Tree]:
        return {
            "events": one.at(kind),
            "management": one.at(management),
            "excluded_sources": one.at(excluded),
            "data": each(data, resource)(one),
        }

    return each(name, selector)


_CONDITIONS = ("equals", "not_equals", "starts_with", "not_starts_with", "ends_with", "not_ends_with")


def _advanced(name: str, label: str, fields: str, field: str, camel: bool) -> Reader:
    def spelled(condition: str) -> str:
        return "".join(word.capitalize() for word in condition.split("_")) if camel else condition

    def test(one: Cursor) -> dict[str, Tree]:
        return {"field": one.at(field), **{word: one.at(spelled(word)) for word in _CONDITIONS}}

    return each(name, lambda one: {"name": one.at(label), "tests": each(fields, test)(one)})


_CAMEL = (
    "ReadWriteType",
    "IncludeManagementEvents",
    "ExcludeManagementEventSources",
    "DataResources",
    "Type",
    "Values",
)
_SNAKE = (
    "read_write_type",
    "include_management_events",
    "exclude_management_event_sources",
    "data_resource",
    "type",
    "values",
)
_EVENTS: Fields = {
    "selectors": _selectors("EventSelectors", _CAMEL),
    "advanced_selectors": _advanced("AdvancedEventSelectors", "Name", "FieldSelectors", "Field", True),
}
_TRAIL: Fields = {
    "name": "Name",
    "home_region": "HomeRegion",
    "bucket": "S3BucketName",
    "kms_key": "KmsKeyId",
    "log_group": _log_group("CloudWatchLogsLogGroupArn"),
    "role": "CloudWatchLogsRoleArn",
    "topic": "SnsTopicARN",
    "multi_region": "IsMultiRegionTrail",
    "global_events": "IncludeGlobalServiceEvents",
    "organization": "IsOrganizationTrail",
    "validation": "LogFileValidationEnabled",
}
_LOOKED_AT = (
    "HasCustomEventSelectors",
    "HasInsightSelectors",
    "RecursiveLogging",
    "S3KeyPrefix",
    "SnsTopicName",
    "TrailARN",
)


def _topic(document: Cursor) -> Tree:
    """The computed ARN where there is one, else the name or ARN that was written."""
    return first_of(document, "sns_topic_arn", "sns_topic_name")


KIND = Kind(
    native="AWS::CloudTrail::Trail",
    service="cloudtrail",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:cloudtrail:{region}:{account}:trail/{name}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "home_region": text(),
        "bucket": reference("aws_s3_bucket"),
        "kms_key": reference("aws_kms_key", "aws_kms_alias"),
        "log_group": reference("aws_cloudwatch_log_group"),
        "role": reference("aws_iam_role"),
        "topic": reference("aws_sns_topic"),
        "logging": flag(default=True),
        "multi_region": flag(default=False),
        "global_events": flag(default=True),
        "organization": flag(default=False),
        # Digests by which a changed or missing file is found out.
        "validation": flag(default=False),
        # None of either: every management event, no data event.
        "selectors": items(
            events=text(default="All"),
            management=flag(default=True),
            excluded_sources=texts(),
            data=items(type=text(), values=texts()),
        ),
        "advanced_selectors": items(name=text(), tests=items(field=text(), **{word: texts() for word in _CONDITIONS})),
        "insights": texts(),
        "tags": mapping(),
    },
    links=(
        Link("logs_to", "bucket"),
        Link("logs_to", "log_group"),
        Link("encrypted_by", "kms_key"),
        Link("delivers_as", "role"),
        Link("notifies", "topic"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_cloudtrail",
            {
                "name": "name",
                "home_region": "home_region",
                "bucket": "s3_bucket_name",
                "kms_key": "kms_key_id",
                "log_group": _log_group("cloud_watch_logs_group_arn"),
                "role": "cloud_watch_logs_role_arn",
                "topic": _topic,
                "logging": "enable_logging",
                "multi_region": "is_multi_region_trail",
                "global_events": "include_global_service_events",
                "organization": "is_organization_trail",
                "validation": "enable_log_file_validation",
                "selectors": _selectors("event_selector", _SNAKE),
                "advanced_selectors": _advanced("advanced_event_selector", "name", "field_selector", "field", False),
                "insights": pluck("insight_selector", "insight_type"),
                "tags": "tags",
            },
            computed={"name": "{name}", "home_region": "{home_region}"},
            ignores=("s3_key_prefix",),
        ),
        Spelling(
            "cloudformation",
            "AWS::CloudTrail::Trail",
            {
                "name": "TrailName",
                "bucket": "S3BucketName",
                "kms_key": "KMSKeyId",
                "log_group": _log_group("CloudWatchLogsLogGroupArn"),
                "role": "CloudWatchLogsRoleArn",
                "topic": "SnsTopicName",
                "logging": "IsLogging",
                "multi_region": "IsMultiRegionTrail",
                "global_events": "IncludeGlobalServiceEvents",
                "organization": "IsOrganizationTrail",
                "validation": "EnableLogFileValidation",
                **_EVENTS,
                "insights": pluck("InsightSelectors", "InsightType"),
                "tags": tags("Tags"),
            },
            ignores=("AggregationConfigurations", "S3KeyPrefix"),
        ),
        # Trails of other regions and of the organization are listed too: their ARN says where they live.
        Spelling("api", "cloudtrail:DescribeTrails", _TRAIL, items="trailList.*", key="TrailARN", ignores=_LOOKED_AT),
        Spelling("api", "cloudtrail:GetTrail", _TRAIL, items="Trail", key="TrailARN", ignores=_LOOKED_AT),
        Spelling(
            "api",
            "cloudtrail:GetTrailStatus",
            {"logging": "IsLogging"},
            part_of="Name",
            asks=("Name",),
            ignores=(
                "LatestCloudWatchLogsDeliveryError",
                "LatestCloudWatchLogsDeliveryTime",
                "LatestDeliveryAttemptSucceeded",
                "LatestDeliveryAttemptTime",
                "LatestDeliveryError",
                "LatestDeliveryTime",
                "LatestDigestDeliveryError",
                "LatestDigestDeliveryTime",
                "LatestNotificationAttemptSucceeded",
                "LatestNotificationAttemptTime",
                "LatestNotificationError",
                "LatestNotificationTime",
                "StartLoggingTime",
                "StopLoggingTime",
                "TimeLoggingStarted",
                "TimeLoggingStopped",
            ),
        ),
        Spelling("api", "cloudtrail:GetEventSelectors", _EVENTS, part_of="TrailARN"),
        # A trail without insights answers with an error, which names the trail that was asked for.
        Spelling(
            "api",
            "cloudtrail:GetInsightSelectors",
            {"insights": pluck("InsightSelectors", "InsightType")},
            part_of="TrailName",
            asks=("TrailName",),
            ignores=("EventDataStoreArn", "InsightsDestination", "TrailARN"),
        ),
        Spelling(
            "api",
            "cloudtrail:ListTags",
            {"tags": tags("TagsList")},
            items="ResourceTagList.*",
            part_of="ResourceId",
            asks=("ResourceIdList",),
        ),
    ),
    references=("https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Trail.html",),
)
