"""IAM user: its policies and groups, whether it may sign in to the console, and with which second factor."""

from nephograph.catalog.aws._iam import (
    DETAILS,
    INLINE_POLICIES,
    MANAGED_POLICIES,
    PAGES,
    details,
    named_policies,
    parts,
)
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Spelling,
    flag,
    keyed,
    mapping,
    reference,
    references,
    text,
)
from nephograph.catalog.readers import always, each, element, pluck, says, tags, when_said
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown

_WHO: Fields = {"name": "UserName", "path": "Path", "unique_id": "UserId", "created": "CreateDate"}
_FOUND: Fields = {**_WHO, "password_last_used": "PasswordLastUsed"}


def _serial(name: str, since: str) -> Fields:
    """A device that is a document of its own."""

    def read(document: Cursor) -> Tree:
        serial = document.at(name)
        return [{"serial": serial, "since": document.at(since)}] if says(serial) else None

    return {"mfa_devices": read}


def _planned(document: Cursor) -> Tree:
    """A virtual device of a template: its serial number is the ARN it is given."""
    return [{"serial": document.at("VirtualMfaDeviceName").be(Unknown(Reason.AFTER_APPLY, "the ARN of the device"))}]


def _answered(document: Cursor) -> Tree:
    devices = each("MFADevices", lambda d: {"serial": d.at("SerialNumber"), "since": d.at("EnableDate")})
    return devices(document) or None


KIND = Kind(
    native="AWS::IAM::User",
    service="iam",
    cls=Class.PRINCIPAL,
    identity=("name",),
    arn="arn:{partition}:iam::{account}:user{path}{name}",
    id="{name}",
    label="name",
    global_=True,
    fields={
        "name": text(),
        "path": text(default="/"),
        "unique_id": text(),
        "created": text(),
        "inline_policies": INLINE_POLICIES,
        "managed_policies": MANAGED_POLICIES,
        "boundary": reference("aws_iam_policy"),
        "groups": references("aws_iam_group"),
        "console_access": flag(default=False),
        "password_last_used": text(),
        # The serial number of a virtual device and of a passkey is an ARN, that of a hardware token is its own.
        "mfa_devices": keyed("serial", serial=text(), since=text()),
        "tags": mapping(),
    },
    links=(
        Link("has_policy", "managed_policies"),
        Link("bounded_by", "boundary"),
        Link("member_of", "groups"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_iam_user",
            {
                "name": "name",
                "path": "path",
                "unique_id": "unique_id",
                "boundary": "permissions_boundary",
                "tags": "tags",
            },
            computed={"name": "{name}", "unique_id": "{unique_id}"},
            ignores=("force_destroy",),
        ),
        Spelling("terraform", "aws_iam_user_group_membership", {"groups": "groups"}, part_of="user"),
        Spelling(
            "terraform", "aws_iam_group_membership", {"groups": element("group")}, part_of="users", ignores=("name",)
        ),
        Spelling(
            "terraform",
            "aws_iam_user_login_profile",
            {"console_access": always(True)},
            part_of="user",
            ignores=(
                "encrypted_password",
                "key_fingerprint",
                "password",
                "password_length",
                "password_reset_required",
                "pgp_key",
            ),
        ),
        # Code makes the device and cannot say whose it is: the provider finds its user out.
        Spelling(
            "terraform",
            "aws_iam_virtual_mfa_device",
            _serial("serial_number", "enable_date"),
            part_of="user_name",
            ignores=("base_32_string_seed", "path", "qr_code_png", "tags", "virtual_mfa_device_name"),
        ),
        Spelling(
            "cloudformation",
            "AWS::IAM::User",
            {
                "name": "UserName",
                "path": "Path",
                "inline_policies": named_policies("Policies"),
                "managed_policies": "ManagedPolicyArns",
                "boundary": "PermissionsBoundary",
                "groups": "Groups",
                "console_access": when_said("LoginProfile", True),
                "tags": tags("Tags"),
            },
        ),
        Spelling("cloudformation", "AWS::IAM::UserToGroupAddition", {"groups": element("GroupName")}, part_of="Users"),
        Spelling(
            "cloudformation",
            "AWS::IAM::VirtualMFADevice",
            {"mfa_devices": _planned},
            part_of="Users",
            ignores=("Path", "Tags"),
        ),
        Spelling(
            "api",
            f"{DETAILS}/UserDetailList",
            {
                **details("User", "UserPolicyList"),
                "groups": "GroupList",
                "boundary": "PermissionsBoundary.PermissionsBoundaryArn",
                "tags": tags("Tags"),
            },
            items="UserDetailList.*",
            key="UserName",
            ignores=("Arn",),
        ),
        # Lists leave out the boundary and the tags: iam:GetUser has them.
        Spelling(
            "api",
            "iam:ListUsers",
            _FOUND,
            items="Users.*",
            key="UserName",
            ignores=("Arn", "PermissionsBoundary", "Tags"),
        ),
        Spelling(
            "api",
            "iam:GetUser",
            {**_FOUND, "boundary": "PermissionsBoundary.PermissionsBoundaryArn", "tags": tags("Tags")},
            items="User",
            key="UserName",
            asks=("UserName",),
            ignores=("Arn",),
        ),
        Spelling(
            "api",
            "iam:ListGroupsForUser",
            {"groups": pluck("Groups", "GroupName")},
            part_of="UserName",
            asks=("UserName",),
            ignores=PAGES,
        ),
        Spelling(
            "api",
            "iam:GetLoginProfile",
            {"console_access": when_said("CreateDate", True)},
            items="LoginProfile",
            part_of="UserName",
            asks=("UserName",),
            ignores=("PasswordResetRequired",),
        ),
        Spelling(
            "api",
            "iam:ListMFADevices",
            {"mfa_devices": _answered},
            part_of="UserName",
            asks=("UserName",),
            ignores=PAGES,
        ),
        Spelling(
            "api", "iam:ListUserTags", {"tags": tags("Tags")}, part_of="UserName", asks=("UserName",), ignores=PAGES
        ),
        *parts("user"),
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
        "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html",
    ),
)
