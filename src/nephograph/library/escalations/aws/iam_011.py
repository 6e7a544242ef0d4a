"""A user writes an inline policy for a group it is in."""

from nephograph.library.escalations.declare import Escalation
from nephograph.model.rule import StepRule, atom

ESCALATION = Escalation(
    id="iam-011",
    rules=(
        StepRule(
            name="iam-011",
            when=(
                atom("has", "?principal"),
                atom("member_of", "?principal", "?group"),
                atom("can_rewrite", "?principal", "iam:PutGroupPolicy", "?group"),
                atom("can_grow", "?principal", "?account"),
            ),
            then=atom("admin", "?account"),
            source="?principal",
            target="?account",
            says="{principal} lets its group {group} do everything",
            label="PutGroupPolicy",
            techniques=("T1098.003",),
            references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups_manage_attach-policy.html",),
        ),
    ),
    yields="administrator of the account",
    fix=(
        "Let iam:PutGroupPolicy leave out the groups its holders are in; keep inline policies of "
        "groups for pipelines to write."
    ),
    needs=("the principal is a user, and in a group",),
)
