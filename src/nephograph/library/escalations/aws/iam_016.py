"""A policy that another role holds is given a new version, and the role assumed."""

from nephograph.library.escalations.declare import Escalation, raising
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="iam-016",
    rules=(
        raising(
            "iam-016",
            (("iam:CreatePolicyVersion", "?policy"),),
            says="{principal} makes {policy} allow everything and assumes {target}",
            label="CreatePolicyVersion + AssumeRole",
            techniques=("T1098.003", "T1550.001"),
            more=(
                atom("is_role", "?target"),
                atom("holds_policy", "?target", "?policy"),
                atom("can_assume", "?principal", "?target"),
            ),
        ),
    ),
    yields="administrator of the account",
    fix=(
        "Let iam:CreatePolicyVersion name policies that no role holds whom its holder may assume, or "
        "leave it to the pipeline that owns policies."
    ),
    needs=("a role that trusts the principal and holds a customer managed policy",),
)
