"""From the management account of an organization into its members, and past the limits it puts on them."""

from nephograph.model.rule import StepRule, atom

_SCP = "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html"


def _lifted(name: str, action: str, says: str) -> StepRule:
    return StepRule(
        name=name,
        when=(
            atom("has", "?principal"),
            atom("limits_others", "?principal", "?policy"),
            atom("may", "?principal", action),
        ),
        then=atom("lifts", "?policy"),
        source="?principal",
        target="?policy",
        says=says,
        label=action,
        techniques=("T1484", "T1562"),
        references=(_SCP,),
    )


STEPS = (
    StepRule(
        name="enter-member-account",
        when=(atom("has", "?principal"), atom("opens_member", "?principal", "?account")),
        then=atom("admin", "?account"),
        source="?principal",
        target="?account",
        says="{principal} becomes administrator of {account} by the role AWS made in it for the management account",
        label="OrganizationAccountAccessRole",
        techniques=("T1078.004", "T1199"),
        references=(
            "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html",
        ),
    ),
    StepRule(
        name="deploy-into-member-account",
        when=(
            atom("has", "?principal"),
            atom("deploys_into", "?principal", "?account"),
            atom("may", "?principal", "cloudformation:CreateStackSet"),
            atom("may", "?principal", "cloudformation:CreateStackInstances"),
        ),
        then=atom("admin", "?account"),
        source="?principal",
        target="?account",
        says="{principal} deploys a stack set into {account} that makes an administrator there",
        label="CreateStackInstances",
        techniques=("T1078.004", "T1648"),
        references=(
            "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-enable-trusted-access.html",
        ),
    ),
    _lifted("detach-scp", "organizations:DetachPolicy", "{principal} detaches {policy}"),
    _lifted("rewrite-scp", "organizations:UpdatePolicy", "{principal} rewrites {policy}"),
)
