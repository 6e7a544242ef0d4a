"""AWS organization with its root: what is attached to the root holds for every account but the management account."""

from nephograph.catalog.aws._organizations import (
    POLICIES,
    POLICY_LINKS,
    organization_of,
    policy_answer,
    tag_answer,
)
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Otherwise, Spelling, mapping, reference, text, texts
from nephograph.model.resource import Class


def _enabled(document: Cursor) -> Tree:
    """The types of policies that are in force; others are about to be or were."""
    types = document.at("PolicyTypes").each()
    return [one.at("Type") for one in types if one.at("Status").value == "ENABLED"] or None


KIND = Kind(
    native="AWS::Organizations::Organization",
    service="organizations",
    cls=Class.GENERIC,
    identity=("id",),
    arn="arn:{partition}:organizations::{account}:organization/{id}",
    # Units, accounts and attachments call it by the id of its root.
    id="{root_id}",
    global_=True,
    fields={
        "id": text(),
        "root_id": text(),
        "features": text(default="ALL"),
        "management_account": reference("aws_organizations_account"),
        "policy_types": texts(),
        # Services that may act in every account.
        "trusted_services": texts(),
        **POLICIES,
        "tags": mapping(),
    },
    links=(Link("managed_by", "management_account"), *POLICY_LINKS),
    spellings=(
        Spelling(
            "terraform",
            "aws_organizations_organization",
            {
                "id": "id",
                "root_id": "roots.id",
                "features": Otherwise("feature_set", "ALL"),
                "management_account": "master_account_id",
                "policy_types": "enabled_policy_types",
                "trusted_services": "aws_service_access_principals",
            },
            computed={"id": "{id}", "master_account_id": "{management_account}"},
            ignores=(
                "accounts",
                "master_account_arn",
                "master_account_email",
                "master_account_name",
                "non_master_accounts",
                "return_organization_only",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::Organizations::Organization",
            {"features": "FeatureSet"},
            computed={
                "Id": "{id}",
                "ManagementAccountId": "{management_account}",
                "Ref": "{id}",
                "RootId": "{root_id}",
            },
        ),
        Spelling(
            "api",
            "organizations:DescribeOrganization",
            {"id": "Id", "features": "FeatureSet", "management_account": "MasterAccountId"},
            items="Organization",
            key="Id",
            # The types are said of the root.
            ignores=("Arn", "AvailablePolicyTypes", "MasterAccountArn", "MasterAccountEmail"),
        ),
        Spelling(
            "api",
            "organizations:ListRoots",
            {"id": organization_of("Arn"), "root_id": "Id", "policy_types": _enabled},
            items="Roots.*",
            key="Arn",
            ignores=("Name",),
        ),
        policy_answer(),
        tag_answer(),
    ),
    references=("https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListRoots.html",),
)
