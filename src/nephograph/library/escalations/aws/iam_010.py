"""A user attaches a strong policy to a group it is in."""

from nephograph.library.escalations.declare import Escalation
from nephograph.model.rule import StepRule, atom

ESCALATION = Escalation(
    id="iam-010",
    rules=(
        StepRule(
            name="iam-010",
            when=(
                atom("has", "?principal"),
                atom("member_of", "?principal", "?group"),
                atom("can_rewrite", "?principal", "iam:AttachGroupPolicy", "?group"),
                atom("can_grow", "?principal", "?account"),
            ),
            then=atom("admin", "?account"),
            source="?principal",
            target="?account",
            says="{principal} attaches AdministratorAccess to its group {group}",
            label="AttachGroupPolicy",
            techniques=("T1098.003",),
            references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups_manage_attach-policy.html",),
        ),
    ),
    yields="administrator of the account",
    fix=("Condition iam:AttachGroupPolicy on iam:PolicyARN, and let it leave out the groups its holders are in."),
    needs=(
        "the principal is a user, and in a group",
        "a strong managed policy: AWS's own AdministratorAccess is always there",
    ),
)
