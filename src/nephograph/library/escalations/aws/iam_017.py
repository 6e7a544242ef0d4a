"""An inline policy of another role is written, and the role assumed."""

from nephograph.library.escalations.declare import Escalation, raising
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="iam-017",
    rules=(
        raising(
            "iam-017",
            (("iam:PutRolePolicy", "?target"),),
            says="{principal} lets {target} do everything and assumes it",
            label="PutRolePolicy + AssumeRole",
            techniques=("T1098.003", "T1550.001"),
            more=(atom("is_role", "?target"), atom("can_assume", "?principal", "?target")),
        ),
    ),
    yields="administrator of the account",
    fix=("Let iam:PutRolePolicy name roles that its holder cannot assume, or require a permissions boundary of them."),
    needs=("a role that trusts the principal",),
)
