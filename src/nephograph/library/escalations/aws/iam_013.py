"""A user adds itself to a group that administers the account.

A group that allows less than everything is not told of: what it holds is not administrator, and a group is nobody to
become.
"""

from nephograph.library.escalations.declare import Escalation
from nephograph.model.rule import StepRule, atom

ESCALATION = Escalation(
    id="iam-013",
    rules=(
        StepRule(
            name="iam-013",
            when=(
                atom("has", "?principal"),
                atom("is_user", "?principal"),
                atom("can", "?principal", "iam:AddUserToGroup", "?group"),
                atom("group_administers", "?group", "?account"),
                atom("can_grow", "?principal", "?account"),
            ),
            then=atom("admin", "?account"),
            source="?principal",
            target="?account",
            says="{principal} joins {group}, which administers {account}",
            label="AddUserToGroup",
            techniques=("T1098.003",),
            references=("https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html",),
        ),
    ),
    yields="administrator of the account",
    fix="Let iam:AddUserToGroup name the groups that may be joined, and never one that administers.",
    needs=("the principal is a user", "a group whose policies allow everything"),
)
