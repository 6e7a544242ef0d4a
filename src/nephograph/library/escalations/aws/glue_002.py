"""An existing development endpoint is given the principal's SSH key."""

from nephograph.library.escalations.declare import Escalation, taking

ESCALATION = Escalation(
    id="glue-002",
    rules=(
        taking(
            "glue-002",
            "dev_endpoint",
            ("glue:UpdateDevEndpoint",),
            says="{principal} puts its SSH key on {dev_endpoint}",
            label="UpdateDevEndpoint",
            techniques=("T1098.004",),
            page="https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateDevEndpoint.html",
        ),
    ),
    yields="the permissions of the role that the endpoint runs as",
    fix=("Delete development endpoints that are not in use; let glue:UpdateDevEndpoint name the others."),
    needs=("a development endpoint with a role",),
)
