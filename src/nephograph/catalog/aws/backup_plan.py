"""Plan of AWS Backup: what is backed up how often, into which vault, for how long, and where else it is copied to."""

from collections.abc import Iterator

from nephograph.catalog.aws._backup import tag_answer
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Field,
    Kind,
    Link,
    Reader,
    Spelling,
    flag,
    items,
    keyed,
    mapping,
    number,
    reference,
    text,
    texts,
)
from nephograph.catalog.readers import each, one
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown

_LIFE: dict[str, Field] = {"delete_days": number(), "cold_days": number()}


def _terraform_copy(copy: Cursor) -> dict[str, Tree]:
    return {
        "vault": copy.at("destination_vault_arn"),
        "delete_days": copy.at("lifecycle", "delete_after"),
        "cold_days": copy.at("lifecycle", "cold_storage_after"),
    }


def _terraform_rule(rule: Cursor) -> dict[str, Tree]:
    return {
        "name": rule.at("rule_name"),
        "vault": rule.at("target_vault_name"),
        "schedule": rule.at("schedule"),
        "continuous": rule.at("enable_continuous_backup"),
        "delete_days": rule.at("lifecycle", "delete_after"),
        "cold_days": rule.at("lifecycle", "cold_storage_after"),
        "copies": each("copy_action", _terraform_copy)(rule),
    }


def _copy(copy: Cursor) -> dict[str, Tree]:
    return {
        "vault": copy.at("DestinationBackupVaultArn"),
        "delete_days": copy.at("Lifecycle", "DeleteAfterDays"),
        "cold_days": copy.at("Lifecycle", "MoveToColdStorageAfterDays"),
    }


def _rules(name: str, vault: str) -> Reader:
    """CloudFormation and the API differ in two names."""

    def read(rule: Cursor) -> dict[str, Tree]:
        return {
            "name": rule.at("RuleName"),
            "vault": rule.at(vault),
            "schedule": rule.at("ScheduleExpression"),
            "continuous": rule.at("EnableContinuousBackup"),
            "delete_days": rule.at("Lifecycle", "DeleteAfterDays"),
            "cold_days": rule.at("Lifecycle", "MoveToColdStorageAfterDays"),
            "copies": each("CopyActions", _copy)(rule),
        }

    return each(name, read)


def _tests(conditions: Cursor) -> Iterator[bool]:
    """Does an operator of the conditions test anything? Those that do not are said with empty lists."""
    for operators in conditions.each():
        for _, tests in operators.entries():
            yield tests.unknown or bool(tests.value)


def _terraform_selection(document: Cursor) -> dict[str, Tree]:
    condition = document.at("condition")
    return {
        "name": document.at("name"),
        "role": document.at("iam_role_arn"),
        "resources": document.at("resources"),
        "not_resources": document.at("not_resources"),
        "tags": each("selection_tag", lambda tag: {"key": tag.at("key"), "value": tag.at("value")})(document),
        "conditional": condition if condition.unknown else condition.be(any(_tests(condition))),
    }


def _selection(document: Cursor) -> dict[str, Tree]:
    said = document.at("BackupSelection")
    conditions = said.at("Conditions")
    return {
        "name": said.at("SelectionName"),
        "role": said.at("IamRoleArn"),
        "resources": said.at("Resources"),
        "not_resources": said.at("NotResources"),
        "tags": each("ListOfTags", lambda tag: {"key": tag.at("ConditionKey"), "value": tag.at("ConditionValue")})(
            said
        ),
        "conditional": conditions if conditions.unknown else conditions.be(any(_tests(conditions))),
    }


def _listed(document: Cursor) -> Tree:
    """Selections by name: what they select is another answer."""
    return [
        {
            "name": one.at("SelectionName"),
            "role": one.at("IamRoleArn"),
            **{
                field: one.be(Unknown(Reason.NOT_SEEN, "the answer of backup:GetBackupSelection"))
                for field in ("resources", "not_resources", "tags", "conditional")
            },
        }
        for one in document.at("BackupSelectionsList").each()
    ] or None


KIND = Kind(
    native="AWS::Backup::BackupPlan",
    service="backup",
    cls=Class.BACKUP,
    identity=("id",),
    arn="arn:{partition}:backup:{region}:{account}:backup-plan:{id}",
    id="{id}",
    label="name",
    fields={
        "id": text(),
        "name": text(),
        "rules": keyed(
            "name",
            name=text(),
            vault=reference("aws_backup_vault"),
            schedule=text(),
            continuous=flag(default=False),
            # Nothing: kept for ever.
            **_LIFE,
            copies=items(vault=reference("aws_backup_vault"), **_LIFE),
        ),
        # ARNs or patterns of them, and tags. Conditions are not read, only that there are some.
        "selections": keyed(
            "name",
            name=text(),
            role=reference("aws_iam_role"),
            resources=texts(),
            not_resources=texts(),
            tags=items(key=text(), value=text()),
            conditional=flag(default=False),
        ),
        "tags": mapping(),
    },
    links=(
        Link("stores_in", "rules.*.vault"),
        Link("copies_to", "rules.*.copies.*.vault"),
        Link("backs_up_as", "selections.*.role"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_backup_plan",
            {"id": "id", "name": "name", "rules": each("rule", _terraform_rule), "tags": "tags"},
            computed={"name": "{name}"},
            ignores=("advanced_backup_setting", "scan_setting", "version"),
        ),
        Spelling("terraform", "aws_backup_selection", {"selections": one(_terraform_selection)}, part_of="plan_id"),
        Spelling(
            "cloudformation",
            "AWS::Backup::BackupPlan",
            {
                "name": "BackupPlan.BackupPlanName",
                "rules": _rules("BackupPlan.BackupPlanRule", "TargetBackupVault"),
                "tags": "BackupPlanTags",
            },
            computed={"BackupPlanArn": "arn", "BackupPlanId": "{id}"},
        ),
        Spelling(
            "cloudformation",
            "AWS::Backup::BackupSelection",
            {"selections": one(_selection)},
            part_of="BackupPlanId",
        ),
        Spelling(
            "api",
            "backup:ListBackupPlans",
            {"id": "BackupPlanId", "name": "BackupPlanName"},
            items="BackupPlansList.*",
            key="BackupPlanId",
            ignores=(
                "AdvancedBackupSettings",
                "BackupPlanArn",
                "CreationDate",
                "CreatorRequestId",
                "DeletionDate",
                "LastExecutionDate",
                "VersionId",
            ),
        ),
        Spelling(
            "api",
            "backup:GetBackupPlan",
            {
                "id": "BackupPlanId",
                "name": "BackupPlan.BackupPlanName",
                "rules": _rules("BackupPlan.Rules", "TargetBackupVaultName"),
            },
            key="BackupPlanId",
            ignores=(
                "AdvancedBackupSettings",
                "BackupPlanArn",
                "CreationDate",
                "CreatorRequestId",
                "DeletionDate",
                "LastExecutionDate",
                "ScheduledRunsPreview",
                "VersionId",
            ),
        ),
        Spelling(
            "api",
            "backup:ListBackupSelections",
            {"selections": _listed},
            part_of="BackupPlanId",
            asks=("BackupPlanId",),
        ),
        Spelling(
            "api",
            "backup:GetBackupSelection",
            {"selections": one(_selection)},
            part_of="BackupPlanId",
            ignores=("CreationDate", "CreatorRequestId", "SelectionId"),
        ),
        tag_answer(),
    ),
    references=("https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html",),
)
