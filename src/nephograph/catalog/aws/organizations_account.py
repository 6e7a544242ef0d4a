"""Account of an organization. Without a parent in its code it is placed at the root."""

from nephograph.catalog.aws._organizations import (
    CONTAINED,
    PARENT,
    POLICIES,
    POLICY_LINKS,
    organization_of,
    parent_in,
    place_answers,
    policy_answer,
    tag_answer,
)
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Either, Fields, Kind, Spelling, mapping, text, texts
from nephograph.catalog.readers import element, pluck, tags
from nephograph.model.resource import Class


def _only_parent(document: Cursor) -> Tree:
    """An account has one parent: the list is a list of one."""
    parents = document.at("ParentIds")
    return parents if parents.unknown else next(parents.each(), None)


_ANSWER: Fields = {
    "id": "Id",
    "organization": organization_of("Arn"),
    "name": "Name",
    "email": "Email",
    "status": Either(("State", "Status")),
    "joined_method": "JoinedMethod",
    "joined": "JoinedTimestamp",
}

KIND = Kind(
    native="AWS::Organizations::Account",
    service="organizations",
    cls=Class.ACCOUNT,
    identity=("id",),
    # The account in the middle is the one that manages the organization.
    arn="arn:{partition}:organizations::{account}:account/{organization}/{id}",
    id="{id}",
    label="name",
    global_=True,
    fields={
        "id": text(),
        "organization": text(),
        "name": text(),
        "email": text(),
        "parent": PARENT,
        "status": text(),
        "joined_method": text(),
        "joined": text(),
        # Services whose organization-wide administration this account holds.
        "delegated_services": texts(),
        **POLICIES,
        "tags": mapping(),
    },
    links=(CONTAINED, *POLICY_LINKS),
    spellings=(
        Spelling(
            "terraform",
            "aws_organizations_account",
            {
                "id": "id",
                "organization": organization_of("arn"),
                "name": "name",
                "email": "email",
                "parent": "parent_id",
                "status": Either(("state", "status")),
                "joined_method": "joined_method",
                "joined": "joined_timestamp",
                "tags": "tags",
            },
            computed={"name": "{name}"},
            ignores=(
                "close_on_deletion",
                "create_govcloud",
                "govcloud_id",
                "iam_user_access_to_billing",
                "role_name",
            ),
        ),
        Spelling(
            "terraform",
            "aws_organizations_delegated_administrator",
            {"delegated_services": element("service_principal")},
            part_of="account_id",
            ignores=("delegation_enabled_date", "email", "joined_method", "joined_timestamp", "name", "status"),
        ),
        Spelling(
            "cloudformation",
            "AWS::Organizations::Account",
            {"name": "AccountName", "email": "Email", "parent": _only_parent, "tags": tags("Tags")},
            computed={"AccountId": "{id}"},
            ignores=("RoleName",),
        ),
        Spelling(
            "api",
            "organizations:ListAccounts",
            {**_ANSWER, "parent": parent_in("Paths")},
            items="Accounts.*",
            key="Id",
        ),
        Spelling(
            "api",
            "organizations:DescribeAccount",
            {**_ANSWER, "parent": parent_in("Paths")},
            items="Account",
            key="Id",
            asks=("AccountId",),
        ),
        Spelling(
            "api",
            "organizations:ListAccountsForParent",
            {**_ANSWER, "parent": "ParentId"},
            items="Accounts.*",
            key="Id",
            asks=("ParentId",),
            ignores=("Paths",),
        ),
        Spelling(
            "api",
            "organizations:ListDelegatedServicesForAccount",
            {"delegated_services": pluck("DelegatedServices", "ServicePrincipal")},
            part_of="AccountId",
            asks=("AccountId",),
        ),
        *place_answers(),
        policy_answer(),
        tag_answer(),
    ),
    references=("https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html",),
)
