"""Instance profile: hands a role to EC2 instances. Instances name it by its name."""

from nephograph.catalog.aws._iam import DETAILS
from nephograph.catalog.language import Fields, Kind, Link, Spelling, mapping, reference, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class

_LISTED: Fields = {"name": "InstanceProfileName", "path": "Path", "role": "Roles.RoleName"}
_IGNORED = ("Arn", "CreateDate", "InstanceProfileId")

KIND = Kind(
    native="AWS::IAM::InstanceProfile",
    service="iam",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:iam::{account}:instance-profile{path}{name}",
    id="{name}",
    label="name",
    global_=True,
    fields={"name": text(), "path": text(default="/"), "role": reference("aws_iam_role"), "tags": mapping()},
    links=(Link("has_role", "role"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_iam_instance_profile",
            {"name": "name", "path": "path", "role": "role", "tags": "tags"},
            computed={"name": "{name}"},
            ignores=("create_date", "name_prefix", "unique_id"),
        ),
        Spelling(
            "cloudformation",
            "AWS::IAM::InstanceProfile",
            # The list holds one role.
            {
                "name": "InstanceProfileName",
                "path": "Path",
                "role": lambda document: next(document.at("Roles").each(), None),
            },
        ),
        Spelling(
            "api",
            f"{DETAILS}/InstanceProfileList",
            {**_LISTED, "tags": tags("Tags")},
            items="RoleDetailList.*.InstanceProfileList.*",
            key="InstanceProfileName",
            # What stands around it is said of the role.
            ignores=(
                "Arn",
                "AssumeRolePolicyDocument",
                "CreateDate",
                "InstanceProfileId",
                "RoleId",
                "RoleName",
            ),
        ),
        # Lists and details leave the tags out.
        Spelling(
            "api",
            "iam:ListInstanceProfiles",
            _LISTED,
            items="InstanceProfiles.*",
            key="InstanceProfileName",
            ignores=(*_IGNORED, "IsTruncated", "Tags"),
        ),
        Spelling(
            "api",
            f"{DETAILS}/InstanceProfileList",
            _LISTED,
            items="RoleDetailList.*.InstanceProfileList.*",
            key="InstanceProfileName",
            # Plain values of the role around it stand beside its own.
            ignores=(
                "Arn",
                "AssumeRolePolicyDocument",
                "CreateDate",
                "InstanceProfileId",
                "RoleId",
                "RoleName",
                "Tags",
            ),
        ),
        Spelling(
            "api",
            "iam:ListInstanceProfilesForRole",
            _LISTED,
            items="InstanceProfiles.*",
            key="InstanceProfileName",
            asks=("RoleName",),
            ignores=(*_IGNORED, "IsTruncated", "Tags"),
        ),
        Spelling(
            "api",
            "iam:GetInstanceProfile",
            {**_LISTED, "tags": tags("Tags")},
            items="InstanceProfile",
            key="InstanceProfileName",
            asks=("InstanceProfileName",),
            ignores=_IGNORED,
        ),
        Spelling(
            "api",
            "iam:ListInstanceProfileTags",
            {"tags": tags("Tags")},
            part_of="InstanceProfileName",
            asks=("InstanceProfileName",),
            ignores=("IsTruncated", "Marker"),
        ),
    ),
    references=("https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html",),
)
