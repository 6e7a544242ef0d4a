"""Organizational unit: a folder of accounts and of further units."""

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
from nephograph.catalog.language import Fields, Kind, Spelling, mapping, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class

_ANSWER: Fields = {"id": "Id", "organization": organization_of("Arn"), "name": "Name"}

KIND = Kind(
    native="AWS::Organizations::OrganizationalUnit",
    service="organizations",
    cls=Class.GENERIC,
    identity=("id",),
    arn="arn:{partition}:organizations::{account}:ou/{organization}/{id}",
    id="{id}",
    label="name",
    global_=True,
    fields={
        "id": text(),
        "organization": text(),
        "name": text(),
        "parent": PARENT,
        **POLICIES,
        "tags": mapping(),
    },
    links=(CONTAINED, *POLICY_LINKS),
    spellings=(
        Spelling(
            "terraform",
            "aws_organizations_organizational_unit",
            {
                "id": "id",
                "organization": organization_of("arn"),
                "name": "name",
                "parent": "parent_id",
                "tags": "tags",
            },
            computed={"name": "{name}"},
            ignores=("accounts",),
        ),
        Spelling(
            "cloudformation",
            "AWS::Organizations::OrganizationalUnit",
            {"name": "Name", "parent": "ParentId", "tags": tags("Tags")},
            computed={"Id": "{id}"},
        ),
        Spelling(
            "api",
            "organizations:ListOrganizationalUnitsForParent",
            {**_ANSWER, "parent": "ParentId"},
            items="OrganizationalUnits.*",
            key="Id",
            asks=("ParentId",),
            ignores=("Path",),
        ),
        Spelling(
            "api",
            "organizations:DescribeOrganizationalUnit",
            {**_ANSWER, "parent": parent_in("Path")},
            items="OrganizationalUnit",
            key="Id",
            asks=("OrganizationalUnitId",),
        ),
        *place_answers(),
        policy_answer(),
        tag_answer(),
    ),
    references=("https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html",),
)
