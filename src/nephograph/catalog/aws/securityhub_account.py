"""Security Hub in one region of an account: that it is on at all is what its presence says."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Spelling, flag, mapping, text
from nephograph.catalog.readers import always
from nephograph.model.resource import Class


def _name(document: Cursor) -> Tree:
    arn = document.at("HubArn")
    return arn.be(arn.value.rpartition("/")[2]) if isinstance(arn.value, str) else arn


KIND = Kind(
    native="AWS::SecurityHub::Hub",
    service="securityhub",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:securityhub:{region}:{account}:hub/{name}",
    id="{account}",
    label="name",
    fields={
        # An account has one a region, which is called `default`.
        "name": text(),
        "auto_enable_controls": flag(default=True),
        "default_standards": flag(default=True),
        "finding_generator": text(),
        "since": text(),
        "tags": mapping(),
    },
    spellings=(
        Spelling(
            "terraform",
            "aws_securityhub_account",
            {
                "name": always("default"),
                "auto_enable_controls": "auto_enable_controls",
                "default_standards": "enable_default_standards",
                "finding_generator": "control_finding_generator",
            },
        ),
        Spelling(
            "cloudformation",
            "AWS::SecurityHub::Hub",
            {
                "name": always("default"),
                "auto_enable_controls": "AutoEnableControls",
                "default_standards": "EnableDefaultStandards",
                "finding_generator": "ControlFindingGenerator",
                "tags": "Tags",
            },
            computed={"Ref": "arn", "ARN": "arn"},
        ),
        Spelling(
            "api",
            "securityhub:DescribeHub",
            {
                "name": _name,
                "auto_enable_controls": "AutoEnableControls",
                "finding_generator": "ControlFindingGenerator",
                "since": "SubscribedAt",
            },
            key="HubArn",
        ),
    ),
    references=("https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html",),
)
