"""Every documented escalation path has an estate in which it is one, and one in which one thing less makes it none.

`estates/<id>/has.tf` and `estates/<id>/guarded.tf` differ in what guards against the path, and in little else. The ids
and their permissions are those of pathfinding.cloud (DataDog, Apache-2.0).
"""

from __future__ import annotations

import pathlib
from typing import Any

import pytest

from nephograph.library.escalations import escalation_rules, escalations
from nephograph.library.registry import step_rules
from nephograph.session import open_estate

ESTATES = pathlib.Path(__file__).parent / "estates"

DOCUMENTED = {
    "apprunner-001": (
        "iam:PassRole",
        "apprunner:CreateService",
    ),
    "apprunner-002": ("apprunner:UpdateService",),
    "bedrock-001": (
        "iam:PassRole",
        "bedrock-agentcore:CreateCodeInterpreter",
        "bedrock-agentcore:StartCodeInterpreterSession",
        "bedrock-agentcore:InvokeCodeInterpreter",
    ),
    "bedrock-002": (
        "bedrock-agentcore:StartCodeInterpreterSession",
        "bedrock-agentcore:InvokeCodeInterpreter",
    ),
    "cloudformation-001": (
        "iam:PassRole",
        "cloudformation:CreateStack",
    ),
    "cloudformation-002": ("cloudformation:UpdateStack",),
    "cloudformation-003": (
        "iam:PassRole",
        "cloudformation:CreateStackSet",
        "cloudformation:CreateStackInstances",
    ),
    "cloudformation-004": (
        "iam:PassRole",
        "cloudformation:UpdateStackSet",
    ),
    "cloudformation-005": (
        "cloudformation:CreateChangeSet",
        "cloudformation:ExecuteChangeSet",
    ),
    "codebuild-001": (
        "iam:PassRole",
        "codebuild:CreateProject",
        "codebuild:StartBuild",
    ),
    "codebuild-002": ("codebuild:StartBuild",),
    "codebuild-003": ("codebuild:StartBuildBatch",),
    "codebuild-004": (
        "iam:PassRole",
        "codebuild:CreateProject",
        "codebuild:StartBuildBatch",
    ),
    "datapipeline-001": (
        "iam:PassRole",
        "datapipeline:CreatePipeline",
        "datapipeline:PutPipelineDefinition",
        "datapipeline:ActivatePipeline",
    ),
    "ec2instanceconnect-003": (
        "ec2-instance-connect:SendSSHPublicKey",
        "ec2:DescribeInstances",
    ),
    "ec2-001": (
        "iam:PassRole",
        "ec2:RunInstances",
    ),
    "ec2-002": (
        "ec2:ModifyInstanceAttribute",
        "ec2:StopInstances",
        "ec2:StartInstances",
    ),
    "ec2-003": (
        "iam:PassRole",
        "ec2:RequestSpotInstances",
    ),
    "ec2-004": (
        "ec2:CreateLaunchTemplateVersion",
        "ec2:ModifyLaunchTemplate",
    ),
    "ecs-001": (
        "iam:PassRole",
        "ecs:CreateCluster",
        "ecs:RegisterTaskDefinition",
        "ecs:CreateService",
    ),
    "ecs-002": (
        "iam:PassRole",
        "ecs:CreateCluster",
        "ecs:RegisterTaskDefinition",
        "ecs:RunTask",
    ),
    "ecs-003": (
        "iam:PassRole",
        "ecs:RegisterTaskDefinition",
        "ecs:CreateService",
    ),
    "ecs-004": (
        "iam:PassRole",
        "ecs:RegisterTaskDefinition",
        "ecs:RunTask",
    ),
    "ecs-005": (
        "iam:PassRole",
        "ecs:RegisterTaskDefinition",
        "ecs:StartTask",
    ),
    "glue-001": (
        "iam:PassRole",
        "glue:CreateDevEndpoint",
    ),
    "glue-002": ("glue:UpdateDevEndpoint",),
    "glue-003": (
        "iam:PassRole",
        "glue:CreateJob",
        "glue:StartJobRun",
    ),
    "glue-004": (
        "iam:PassRole",
        "glue:CreateJob",
        "glue:CreateTrigger",
    ),
    "glue-005": (
        "iam:PassRole",
        "glue:UpdateJob",
        "glue:StartJobRun",
    ),
    "glue-006": (
        "iam:PassRole",
        "glue:UpdateJob",
        "glue:CreateTrigger",
    ),
    "iam-001": ("iam:CreatePolicyVersion",),
    "iam-002": ("iam:CreateAccessKey",),
    "iam-003": (
        "iam:CreateAccessKey",
        "iam:DeleteAccessKey",
    ),
    "iam-004": ("iam:CreateLoginProfile",),
    "iam-005": ("iam:PutRolePolicy",),
    "iam-006": ("iam:UpdateLoginProfile",),
    "iam-007": ("iam:PutUserPolicy",),
    "iam-008": ("iam:AttachUserPolicy",),
    "iam-009": ("iam:AttachRolePolicy",),
    "iam-010": ("iam:AttachGroupPolicy",),
    "iam-011": ("iam:PutGroupPolicy",),
    "iam-012": ("iam:UpdateAssumeRolePolicy",),
    "iam-013": ("iam:AddUserToGroup",),
    "iam-014": (
        "iam:AttachRolePolicy",
        "sts:AssumeRole",
    ),
    "iam-015": (
        "iam:AttachUserPolicy",
        "iam:CreateAccessKey",
    ),
    "iam-016": (
        "iam:CreatePolicyVersion",
        "sts:AssumeRole",
    ),
    "iam-017": (
        "iam:PutRolePolicy",
        "sts:AssumeRole",
    ),
    "iam-018": (
        "iam:PutUserPolicy",
        "iam:CreateAccessKey",
    ),
    "iam-019": (
        "iam:AttachRolePolicy",
        "iam:UpdateAssumeRolePolicy",
    ),
    "iam-020": (
        "iam:CreatePolicyVersion",
        "iam:UpdateAssumeRolePolicy",
    ),
    "iam-021": (
        "iam:PutRolePolicy",
        "iam:UpdateAssumeRolePolicy",
    ),
    "lambda-001": (
        "iam:PassRole",
        "lambda:CreateFunction",
        "lambda:InvokeFunction",
    ),
    "lambda-002": (
        "iam:PassRole",
        "lambda:CreateFunction",
        "lambda:CreateEventSourceMapping",
    ),
    "lambda-003": ("lambda:UpdateFunctionCode",),
    "lambda-004": (
        "lambda:UpdateFunctionCode",
        "lambda:InvokeFunction",
    ),
    "lambda-005": (
        "lambda:UpdateFunctionCode",
        "lambda:AddPermission",
    ),
    "lambda-006": (
        "iam:PassRole",
        "lambda:CreateFunction",
        "lambda:AddPermission",
    ),
    "sagemaker-001": (
        "iam:PassRole",
        "sagemaker:CreateNotebookInstance",
    ),
    "sagemaker-002": (
        "iam:PassRole",
        "sagemaker:CreateTrainingJob",
    ),
    "sagemaker-003": (
        "iam:PassRole",
        "sagemaker:CreateProcessingJob",
    ),
    "sagemaker-004": ("sagemaker:CreatePresignedNotebookInstanceUrl",),
    "sagemaker-005": (
        "sagemaker:CreateNotebookInstanceLifecycleConfig",
        "sagemaker:StopNotebookInstance",
        "sagemaker:UpdateNotebookInstance",
        "sagemaker:StartNotebookInstance",
    ),
    "ssm-001": ("ssm:StartSession",),
    "ssm-002": ("ssm:SendCommand",),
    "sts-001": ("sts:AssumeRole",),
}
"""Every id and the permissions it lists as required."""

NOT_ASKED = {"ec2instanceconnect-003": {"ec2:DescribeInstances"}}
"""What is listed and does not decide: it finds the instance, and whoever knows the instance needs it not."""

DEPENDS = {"ec2instanceconnect-003", "ssm-001", "ssm-002"}
"""Paths that rest on something no estate says: what is on the image of an instance."""


def escalated(written: pathlib.Path, tmp_path: pathlib.Path) -> list[dict[str, Any]]:
    """The escalations of that estate."""
    (tmp_path / "main.tf").write_text(written.read_text(encoding="utf-8"), encoding="utf-8")
    answer = open_estate([str(tmp_path)], today="2026-01-01").ask("escalate")
    assert answer.errors == ()
    return answer.data["escalations"]


def test_every_documented_path_is_there() -> None:
    assert len(DOCUMENTED) == 65
    assert {escalation.id for escalation in escalations()} == set(DOCUMENTED)


@pytest.mark.parametrize("escalation", escalations(), ids=lambda escalation: escalation.id)
def test_its_rules_ask_for_the_documented_permissions(escalation: Any) -> None:
    listed = set(DOCUMENTED[escalation.id]) - NOT_ASKED.get(escalation.id, set())
    assert set(escalation.permissions) == listed


@pytest.mark.parametrize("id_", DOCUMENTED)
def test_an_estate_that_has_it(id_: str, tmp_path: pathlib.Path) -> None:
    found = escalated(ESTATES / id_ / "has.tf", tmp_path)
    ours = [one for one in found if one["chain"] == [id_] and one["principal"].label == "dev"]
    assert ours, f"the paths of has.tf are {[one['chain'] for one in found] or 'none'}"
    assert {one["verdict"] for one in ours} == {"depends" if id_ in DEPENDS else "yes"}, ours[0]["depends_on"]


@pytest.mark.parametrize("id_", DOCUMENTED)
def test_an_estate_that_guards_it(id_: str, tmp_path: pathlib.Path) -> None:
    found = escalated(ESTATES / id_ / "guarded.tf", tmp_path)
    ours = [(one["chain"], one["verdict"], one["depends_on"]) for one in found if id_ in one["chain"]]
    assert ours == [], "guarded.tf has the path all the same"


def test_no_estate_is_left_of_a_path_that_is_gone() -> None:
    assert {path.name for path in ESTATES.iterdir()} == set(DOCUMENTED)


def test_each_file_says_what_a_reader_needs() -> None:
    for one in escalations():
        assert all((one.title, one.yields, one.techniques)), one.id
        assert one.fix.endswith("."), one.id
        assert all(page.startswith("https://") for page in one.references), one.id


def test_a_rule_of_a_steps_name_is_that_step_with_at_most_more_conditions() -> None:
    steps = {rule.name: rule for rule in step_rules()}
    for rule in escalation_rules():
        if rule.name in steps:
            assert rule.then == steps[rule.name].then
            assert set(rule.when) >= set(steps[rule.name].when)
