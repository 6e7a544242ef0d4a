"""Nobody sees what happens: trails are stopped or deleted, detectors and recorders switched off, logs deleted."""

from nephograph.model.rule import StepRule, atom

_TRAIL = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-turning-off-logging.html"


def _silenced(name: str, what: str, action: str, says: str, page: str, technique: str = "T1562.008") -> StepRule:
    return StepRule(
        name=name,
        when=(
            atom("has", "?principal"),
            atom(f"is_{what}", f"?{what}"),
            atom("can", "?principal", action, f"?{what}"),
        ),
        then=atom("silences", f"?{what}"),
        source="?principal",
        target=f"?{what}",
        says=says,
        label=action,
        techniques=(technique,),
        references=(page,),
    )


def _erased(name: str, action: str, kept: str) -> StepRule:
    return StepRule(
        name=name,
        when=(
            atom("has", "?principal"),
            atom("keeps_audit_logs", "?bucket"),
            atom("is_bucket", "?bucket"),
            atom(kept, "?bucket"),
            atom("unlocked", "?bucket"),
            atom("can", "?principal", action, "?bucket"),
        ),
        then=atom("erases", "?bucket"),
        source="?principal",
        target="?bucket",
        says="{principal} deletes the audit logs in {bucket}",
        label=action,
        techniques=("T1070", "T1485"),
        references=("https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",),
    )


STEPS = (
    _silenced("stop-trail", "trail", "cloudtrail:StopLogging", "{principal} stops {trail}", _TRAIL),
    _silenced("delete-trail", "trail", "cloudtrail:DeleteTrail", "{principal} deletes {trail}", _TRAIL),
    _silenced(
        "narrow-trail",
        "trail",
        "cloudtrail:PutEventSelectors",
        "{principal} has {trail} record nothing of interest",
        "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html",
    ),
    _silenced(
        "delete-detector",
        "detector",
        "guardduty:DeleteDetector",
        "{principal} deletes {detector}",
        "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_suspend-disable.html",
        "T1562.001",
    ),
    _erased("erase-audit-logs", "s3:DeleteObject", "overwritten_for_good"),
    _erased("erase-audit-log-versions", "s3:DeleteObjectVersion", "keeps_versions"),
    StepRule(
        name="delete-audit-log-group",
        when=(
            atom("has", "?principal"),
            atom("is_log_group", "?group"),
            atom("keeps_audit_logs", "?group"),
            atom("can", "?principal", "logs:DeleteLogGroup", "?group"),
        ),
        then=atom("erases", "?group"),
        source="?principal",
        target="?group",
        says="{principal} deletes log group {group}, which holds the audit log",
        label="logs:DeleteLogGroup",
        techniques=("T1070",),
        references=("https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html",),
    ),
)
