"""Instance profile: hands a role to EC2 instances. Instances name it by its name."""

from nephograph.catalog.aws._iam import DETAILS
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Fields, Kind, Link, Spelling, mapping, reference, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown

_LISTED: Fields = {"name": "InstanceProfileName", "path": "Path", "role": "Roles.RoleName"}
_IGNORED = ("Arn", "CreateDate", "InstanceProfileId")


def _tags(document: Cursor) -> Tree:
    """Details may leave the tags out: where there are none nothing is known of them."""
    said = document.at("Tags")
    return tags("Tags")(document) if said.present else document.be(Unknown(Reason.NOT_SEEN, "the tags, if it has any"))


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
        # Lists leave the tags out.
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
            {**_LISTED, "tags": _tags},
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
