"""A role that trusts the principal is assumed."""

from nephograph.library.escalations.declare import Escalation, step

ESCALATION = Escalation(
    id="sts-001",
    rules=(step("assume-role"),),
    yields="the permissions of the role",
    fix=(
        "Let the role's trust policy name the principals that need it, with a condition where they "
        "are many; a trusted account lets in everybody there who may call sts:AssumeRole."
    ),
    needs=("a role that trusts the principal",),
)
