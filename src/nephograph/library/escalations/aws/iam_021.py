"""An inline policy of a role is written, and its trust rewritten."""

from nephograph.library.escalations.declare import Escalation, raising
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="iam-021",
    rules=(
        raising(
            "iam-021",
            (("iam:PutRolePolicy", "?target"), ("iam:UpdateAssumeRolePolicy", "?target")),
            says="{principal} lets {target} do everything and makes it trust itself",
            label="PutRolePolicy + UpdateAssumeRolePolicy",
            techniques=("T1098.003", "T1098"),
            more=(atom("is_role", "?target"),),
        ),
    ),
    yields="administrator of the account",
    fix=(
        "Give one principal at most one of the two actions on a role, and require a permissions "
        "boundary of roles that teams manage."
    ),
    needs=("a role",),
)
