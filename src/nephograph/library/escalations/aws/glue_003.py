"""A new Glue job runs a script as a role."""

from nephograph.library.escalations.declare import Escalation, passing

ESCALATION = Escalation(
    id="glue-003",
    rules=(
        passing(
            "glue-003",
            "glue.amazonaws.com",
            ("glue:CreateJob", "glue:StartJobRun"),
            says="{principal} runs a Glue job of its own as {role}",
            label="PassRole + CreateJob",
            techniques=("T1648",),
            page="https://docs.aws.amazon.com/glue/latest/dg/create-service-policy.html",
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=(
        "Let iam:PassRole name the job roles of the principal's own pipelines, and keep permissions "
        "over IAM out of job roles."
    ),
    needs=("a role that trusts glue.amazonaws.com",),
)
