"""A policy that a role holds is given a new version, and the role's trust rewritten."""

from nephograph.library.escalations.declare import Escalation, raising
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="iam-020",
    rules=(
        raising(
            "iam-020",
            (("iam:CreatePolicyVersion", "?policy"), ("iam:UpdateAssumeRolePolicy", "?target")),
            says="{principal} makes {policy} allow everything and {target} trust itself",
            label="CreatePolicyVersion + UpdateAssumeRolePolicy",
            techniques=("T1098.003", "T1098"),
            more=(atom("is_role", "?target"), atom("holds_policy", "?target", "?policy")),
        ),
    ),
    yields="administrator of the account",
    fix=(
        "Give one principal at most one of the two actions; keep iam:CreatePolicyVersion with the "
        "pipeline that owns policies."
    ),
    needs=("a role that holds a customer managed policy",),
)
