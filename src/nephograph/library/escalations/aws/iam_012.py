"""The trust of a role is rewritten, and the role assumed."""

from nephograph.library.escalations.declare import Escalation, step

ESCALATION = Escalation(
    id="iam-012",
    rules=(step("rewrite-trust"),),
    yields="the permissions of the role",
    fix=("Let iam:UpdateAssumeRolePolicy be for the pipeline that owns roles, and name the roles it owns."),
    needs=("a role",),
)
