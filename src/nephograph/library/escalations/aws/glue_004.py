"""A new Glue job is started by a trigger, as a role."""

from nephograph.library.escalations.declare import Escalation, passing

ESCALATION = Escalation(
    id="glue-004",
    rules=(
        passing(
            "glue-004",
            "glue.amazonaws.com",
            ("glue:CreateJob", "glue:CreateTrigger"),
            says="{principal} makes a Glue job and a trigger that starts it as {role}",
            label="PassRole + CreateTrigger",
            techniques=("T1648", "T1546"),
            page="https://docs.aws.amazon.com/glue/latest/dg/trigger-job.html",
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=(
        "Let iam:PassRole name the job roles of the principal's own pipelines: to withhold "
        "glue:StartJobRun alone leaves triggers open."
    ),
    needs=("a role that trusts glue.amazonaws.com",),
)
