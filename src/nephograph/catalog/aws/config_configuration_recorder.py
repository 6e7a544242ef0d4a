"""Recorder of AWS Config: of which types of resources of a region it writes every change down, and whether it runs."""

from nephograph.catalog.language import Fields, Kind, Link, Otherwise, Spelling, flag, reference, text, texts
from nephograph.catalog.readers import always
from nephograph.model.resource import Class

_GROUP = {
    "all_types": ("all_supported", "AllSupported", "allSupported"),
    "global_types": ("include_global_resource_types", "IncludeGlobalResourceTypes", "includeGlobalResourceTypes"),
    "types": ("resource_types", "ResourceTypes", "resourceTypes"),
    "excluded_types": (
        "exclusion_by_resource_types.resource_types",
        "ExclusionByResourceTypes.ResourceTypes",
        "exclusionByResourceTypes.resourceTypes",
    ),
    "strategy": ("recording_strategy.use_only", "RecordingStrategy.UseOnly", "recordingStrategy.useOnly"),
}


def _group(name: str, dialect: int) -> Fields:
    return {field: f"{name}.{words[dialect]}" for field, words in _GROUP.items()}


KIND = Kind(
    native="AWS::Config::ConfigurationRecorder",
    service="config",
    cls=Class.GENERIC,
    identity=("name",),
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "role": reference("aws_iam_role"),
        "all_types": flag(default=True),
        "global_types": flag(default=False),
        "types": texts(),
        "excluded_types": texts(),
        "strategy": text(),
        "frequency": text(default="CONTINUOUS"),
        "recording": flag(default=False),
        # SUCCESS, PENDING or FAILURE of the last delivery.
        "last_status": text(),
    },
    links=(Link("records_as", "role"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_config_configuration_recorder",
            {
                "name": Otherwise("name", "default"),
                "role": "role_arn",
                **_group("recording_group", 0),
                "frequency": "recording_mode.recording_frequency",
            },
            computed={"name": "{name}"},
        ),
        # A recorder that is made in code stands still until it is started.
        Spelling(
            "terraform",
            "aws_config_configuration_recorder_status",
            {"recording": "is_enabled"},
            part_of="name",
        ),
        # CloudFormation starts it as soon as there is a delivery channel.
        Spelling(
            "cloudformation",
            "AWS::Config::ConfigurationRecorder",
            {
                "name": "Name",
                "role": "RoleARN",
                **_group("RecordingGroup", 1),
                "frequency": "RecordingMode.RecordingFrequency",
                "recording": always(True),
            },
            ignores=("StartedOnCreate",),
        ),
        Spelling(
            "api",
            "config:DescribeConfigurationRecorders",
            {
                "name": "name",
                "role": "roleARN",
                **_group("recordingGroup", 2),
                "frequency": "recordingMode.recordingFrequency",
            },
            items="ConfigurationRecorders.*",
            key="name",
            ignores=("connectorArn", "recordingScope", "scopeConfiguration", "servicePrincipal"),
        ),
        Spelling(
            "api",
            "config:DescribeConfigurationRecorderStatus",
            {"name": "name", "recording": "recording", "last_status": "lastStatus"},
            items="ConfigurationRecordersStatus.*",
            key="name",
            ignores=(
                "lastErrorCode",
                "lastErrorMessage",
                "lastStartTime",
                "lastStatusChangeTime",
                "lastStopTime",
                "servicePrincipal",
            ),
        ),
    ),
    references=(
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-config-configurationrecorder.html",
    ),
)
