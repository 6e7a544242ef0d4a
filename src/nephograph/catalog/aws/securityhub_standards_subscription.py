"""Standard that Security Hub judges a region of an account by (CIS, AWS's own, PCI DSS …)."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Reader, Spelling, text
from nephograph.model.resource import Class

_ARN = "arn:{partition}:securityhub:{region}:{account}:subscription/{standard}"


def _short(name: str) -> Reader:
    """The part of a standard's ARN that a subscription's ARN has too: `cis-aws-foundations-benchmark/v/1.4.0`."""

    def read(document: Cursor) -> Tree:
        arn = document.at(name)
        if not isinstance(arn.value, str):
            return arn
        resource = arn.value.split(":", 5)[-1]
        return arn.be(resource.partition("/")[2])

    return read


KIND = Kind(
    native="AWS::SecurityHub::Standard",
    service="securityhub",
    cls=Class.GENERIC,
    identity=("standard",),
    arn=_ARN,
    id=_ARN,
    label="standard",
    fields={"standard": text(), "status": text()},
    spellings=(
        Spelling(
            "terraform",
            "aws_securityhub_standards_subscription",
            {"standard": _short("standards_arn")},
        ),
        Spelling(
            "cloudformation",
            "AWS::SecurityHub::Standard",
            {"standard": _short("StandardsArn")},
            ignores=("DisabledStandardsControls",),
        ),
        Spelling(
            "api",
            "securityhub:GetEnabledStandards",
            {"standard": _short("StandardsArn"), "status": "StandardsStatus"},
            items="StandardsSubscriptions.*",
            key="StandardsSubscriptionArn",
            ignores=("Provider", "StandardsControlsUpdatable", "StandardsInput", "StandardsStatusReason"),
        ),
    ),
    references=("https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StandardsSubscription.html",),
)
