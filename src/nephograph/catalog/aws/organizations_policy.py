"""Policy of an organization: a service control policy, a resource control policy, or one that only sets things.

`document` follows the policy language of IAM for the first two types; the others have languages of their own.
"""

from nephograph.catalog.aws._organizations import TARGETS, tag_answer
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Fields, Kind, Link, Otherwise, Spelling, flag, mapping, policy, text
from nephograph.catalog.readers import element, pluck, tags
from nephograph.model.resource import Class


def _target_ids(document: Cursor) -> Tree:
    said = document.at("TargetIds")
    return said if said.unknown else list(said.each()) or None


_SUMMARY = ("id", "Id"), ("name", "Name"), ("type", "Type"), ("aws_managed", "AwsManaged")
_LISTED: Fields = dict(_SUMMARY)
_DESCRIBED: Fields = {field: f"PolicySummary.{member}" for field, member in _SUMMARY}

KIND = Kind(
    native="AWS::Organizations::Policy",
    service="organizations",
    cls=Class.POLICY,
    identity=("id",),
    id="{id}",
    label="name",
    global_=True,
    fields={
        "id": text(),
        "name": text(),
        # SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY, TAG_POLICY, BACKUP_POLICY, AISERVICES_OPT_OUT_POLICY …
        "type": text(),
        "document": policy(),
        "aws_managed": flag(default=False),
        "targets": TARGETS,
        "tags": mapping(),
    },
    links=(Link("has_policy", "targets", inverse=True),),
    spellings=(
        Spelling(
            "terraform",
            "aws_organizations_policy",
            {
                "id": "id",
                "name": "name",
                "type": Otherwise("type", "SERVICE_CONTROL_POLICY"),
                "document": "content",
                "tags": "tags",
            },
            computed={"name": "{name}", "type": "{type}"},
            ignores=("description", "skip_destroy"),
        ),
        Spelling(
            "terraform",
            "aws_organizations_policy_attachment",
            {"targets": element("target_id")},
            part_of="policy_id",
            ignores=("skip_destroy",),
        ),
        Spelling(
            "cloudformation",
            "AWS::Organizations::Policy",
            {
                "name": "Name",
                "type": "Type",
                "document": "Content",
                "targets": _target_ids,
                "tags": tags("Tags"),
            },
            computed={"Id": "{id}"},
            ignores=("Description",),
        ),
        Spelling(
            "api",
            "organizations:ListPolicies",
            _LISTED,
            items="Policies.*",
            key="Id",
            ignores=("Arn", "Description"),
        ),
        Spelling(
            "api",
            "organizations:DescribePolicy",
            {**_DESCRIBED, "document": "Content"},
            items="Policy",
            key="PolicyId",
            asks=("PolicyId",),
        ),
        Spelling(
            "api",
            "organizations:ListTargetsForPolicy",
            {"targets": pluck("Targets", "TargetId")},
            part_of="PolicyId",
            asks=("PolicyId",),
        ),
        tag_answer(),
    ),
    references=("https://docs.aws.amazon.com/organizations/latest/APIReference/API_PolicySummary.html",),
)
