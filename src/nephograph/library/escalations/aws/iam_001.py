"""A new default version of a policy the principal holds lets it do everything."""

from nephograph.library.escalations.declare import Escalation
from nephograph.model.rule import StepRule, atom

ESCALATION = Escalation(
    id="iam-001",
    rules=(
        StepRule(
            name="iam-001",
            when=(
                atom("has", "?principal"),
                atom("holds_policy", "?principal", "?policy"),
                atom("can", "?principal", "iam:CreatePolicyVersion", "?policy"),
                atom("can_grow", "?principal", "?account"),
            ),
            then=atom("admin", "?account"),
            source="?principal",
            target="?account",
            says="{principal} makes itself administrator of {account} with a new version of {policy}",
            label="CreatePolicyVersion",
            techniques=("T1098.003",),
            references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html",),
        ),
    ),
    yields="administrator of the account",
    fix=(
        "Let iam:CreatePolicyVersion leave out the policies that its holder, or its groups, are "
        "attached to; set a permissions boundary."
    ),
    needs=("a customer managed policy that is attached to the principal or a group of it",),
)
