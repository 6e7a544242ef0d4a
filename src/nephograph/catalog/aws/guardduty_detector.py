"""GuardDuty in one region: whether it watches, and which of its features are on."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Reader, Spelling, flag, items, keyed, mapping, text
from nephograph.catalog.readers import each, says, tags
from nephograph.model.resource import Class

# What stood in data sources before there were features.
# https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-feature-object-api-changes-march2023.html
_SOURCES = {
    "S3_DATA_EVENTS": ("s3_logs.enable", "S3Logs.Enable", "S3Logs.Status"),
    "EKS_AUDIT_LOGS": ("kubernetes.audit_logs.enable", "Kubernetes.AuditLogs.Enable", "Kubernetes.AuditLogs.Status"),
    "EBS_MALWARE_PROTECTION": (
        "malware_protection.scan_ec2_instance_with_findings.ebs_volumes.enable",
        "MalwareProtection.ScanEc2InstanceWithFindings.EbsVolumes",
        "MalwareProtection.ScanEc2InstanceWithFindings.EbsVolumes.Status",
    ),
}


def _sources(name: str, dialect: int) -> Reader:
    def read(document: Cursor) -> Tree:
        said = document.at(name)
        if said.unknown:
            return said
        found: list[Tree] = []
        for feature, paths in _SOURCES.items():
            enabled = said.at(*paths[dialect].split("."))
            if enabled.present:
                found.append({"name": enabled.be(feature), "enabled": enabled})
        return found or None

    return read


def _feature(name: str, status: str, inner: str) -> Reader:
    def part(one: Cursor) -> dict[str, Tree]:
        return {"name": one.at(name), "enabled": one.at(status)}

    def read(one: Cursor) -> Tree:
        return {**part(one), "parts": each(inner, part)(one) if says(one.at(inner)) else None}

    return read


_CAMEL = _feature("Name", "Status", "AdditionalConfiguration")
_SNAKE = _feature("name", "status", "additional_configuration")


def _features(dialect: int) -> Reader:
    """The features, or the data sources of an answer or template from before there were any."""
    old = _sources("DataSources", dialect)

    def read(document: Cursor) -> Tree:
        said, before = document.at("Features"), old(document)
        if not says(said):
            return before
        return said if said.unknown else [one if one.unknown else _CAMEL(one) for one in said.each()]

    return read


KIND = Kind(
    native="AWS::GuardDuty::Detector",
    service="guardduty",
    cls=Class.GENERIC,
    identity=("id",),
    arn="arn:{partition}:guardduty:{region}:{account}:detector/{id}",
    id="{id}",
    fields={
        "id": text(),
        "enabled": flag(default=True),
        "frequency": text(),
        "features": keyed("name", name=text(), enabled=flag(), parts=items(name=text(), enabled=flag())),
        "tags": mapping(),
    },
    spellings=(
        Spelling(
            "terraform",
            "aws_guardduty_detector",
            {
                "id": "id",
                "enabled": "enable",
                "frequency": "finding_publishing_frequency",
                "features": _sources("datasources", 0),
                "tags": "tags",
            },
            ignores=("account_id",),
        ),
        Spelling(
            "terraform",
            "aws_guardduty_detector_feature",
            {"features": lambda document: [_SNAKE(document)]},
            part_of="detector_id",
        ),
        Spelling(
            "cloudformation",
            "AWS::GuardDuty::Detector",
            {
                "enabled": "Enable",
                "frequency": "FindingPublishingFrequency",
                "features": _features(1),
                "tags": tags("Tags"),
            },
            computed={"Id": "{id}"},
        ),
        Spelling("api", "guardduty:ListDetectors", {"id": "Value"}, items="DetectorIds.*", key="Value"),
        Spelling(
            "api",
            "guardduty:GetDetector",
            {
                "id": "DetectorId",
                "enabled": "Status",
                "frequency": "FindingPublishingFrequency",
                "features": _features(2),
                "tags": "Tags",
            },
            key="DetectorId",
            asks=("DetectorId",),
            ignores=("CreatedAt", "ServiceRole", "UpdatedAt"),
        ),
    ),
    references=("https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetDetector.html",),
)
