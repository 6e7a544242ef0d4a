"""An existing Glue job is given another script and a stronger role, and is started."""

from nephograph.library.escalations.declare import Escalation, passing
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="glue-005",
    rules=(
        passing(
            "glue-005",
            "glue.amazonaws.com",
            ("glue:StartJobRun",),
            says="{principal} makes {glue_job} run its own script as {role}",
            label="PassRole + UpdateJob",
            techniques=("T1648",),
            page="https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateJob.html",
            more=(atom("is_glue_job", "?glue_job"), atom("can", "?principal", "glue:UpdateJob", "?glue_job")),
        ),
    ),
    yields="the permissions of the role that is passed",
    fix="Let glue:UpdateJob name the principal's own jobs, and iam:PassRole their roles.",
    needs=("a role that trusts glue.amazonaws.com", "a Glue job"),
)
