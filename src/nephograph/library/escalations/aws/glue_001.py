"""A new development endpoint gives a shell with a role."""

from nephograph.library.escalations.declare import Escalation, passing

ESCALATION = Escalation(
    id="glue-001",
    rules=(
        passing(
            "glue-001",
            "glue.amazonaws.com",
            ("glue:CreateDevEndpoint",),
            says="{principal} makes a Glue development endpoint that runs as {role}",
            label="PassRole + CreateDevEndpoint",
            techniques=("T1648",),
            page="https://docs.aws.amazon.com/glue/latest/dg/dev-endpoint.html",
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=(
        "Deny glue:CreateDevEndpoint: notebooks and interactive sessions replace it; let iam:PassRole "
        "name the roles Glue may be handed."
    ),
    needs=("a role that trusts glue.amazonaws.com",),
)
