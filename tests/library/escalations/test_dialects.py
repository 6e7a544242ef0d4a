"""A path is the same path in a state, in a plan and in dumps: rules ask for kinds, and kinds know the dialects."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest

from nephograph.session import open_estate

ACCOUNT = "111122223333"
STARTS = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "codebuild:StartBuild", "Resource": "*"}],
}
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "codebuild.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
ROLE = f"arn:aws:iam::{ACCOUNT}:role/build"
PROJECT = f"arn:aws:codebuild:eu-west-1:{ACCOUNT}:project/app"
USER = f"arn:aws:iam::{ACCOUNT}:user/dev"

RESOURCES: dict[str, dict[str, Any]] = {
    "aws_iam_user": {"id": "dev", "name": "dev", "arn": USER, "path": "/"},
    "aws_iam_user_policy": {"id": "dev:p", "name": "p", "user": "dev", "policy": json.dumps(STARTS)},
    "aws_iam_role": {"id": "build", "name": "build", "arn": ROLE, "path": "/", "assume_role_policy": json.dumps(TRUST)},
    "aws_codebuild_project": {"id": PROJECT, "arn": PROJECT, "name": "app", "service_role": ROLE},
}


def state(to: pathlib.Path) -> None:
    provider = 'provider["registry.terraform.io/hashicorp/aws"]'
    resources = [
        {"mode": "managed", "type": type_, "name": "x", "provider": provider, "instances": [{"attributes": said}]}
        for type_, said in RESOURCES.items()
    ]
    text = {"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "x", "resources": resources}
    (to / "terraform.tfstate").write_text(json.dumps(text))


def plan(to: pathlib.Path) -> None:
    resources = [
        {"address": f"{type_}.x", "mode": "managed", "type": type_, "name": "x", "values": said}
        | {"provider_name": "registry.terraform.io/hashicorp/aws", "schema_version": 0}
        for type_, said in RESOURCES.items()
    ]
    text = {"format_version": "1.2", "planned_values": {"root_module": {"resources": resources}}}
    (to / "plan.json").write_text(json.dumps({**text, "configuration": {"root_module": {}}, "resource_changes": []}))


def dump(to: pathlib.Path) -> None:
    user = {"UserName": "dev", "Arn": USER, "Path": "/", "UserId": "AIDA1", "GroupList": []}
    user |= {"UserPolicyList": [{"PolicyName": "p", "PolicyDocument": STARTS}], "AttachedManagedPolicies": []}
    role = {"RoleName": "build", "Arn": ROLE, "Path": "/", "RoleId": "AROA1", "AssumeRolePolicyDocument": TRUST}
    role |= {"RolePolicyList": [], "AttachedManagedPolicies": [], "InstanceProfileList": []}
    details = {"UserDetailList": [user], "GroupDetailList": [], "RoleDetailList": [role], "Policies": []}
    (to / "get-account-authorization-details.json").write_text(json.dumps(details))
    project = {"name": "app", "arn": PROJECT, "serviceRole": ROLE}
    (to / "batch-get-projects.json").write_text(json.dumps({"projects": [project]}))


@pytest.mark.parametrize("write", [state, plan, dump])
def test_a_build_project_lends_its_role_in_every_dialect(write: Any, tmp_path: pathlib.Path) -> None:
    write(tmp_path)
    answer = open_estate([str(tmp_path)], today="2026-01-01").ask("escalate")
    assert answer.errors == ()
    assert [(one["path"], one["verdict"]) for one in answer.data["escalations"]] == [("codebuild-002", "yes")]
    assert answer.verdict == "yes"
