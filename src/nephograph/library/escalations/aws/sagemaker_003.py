"""A new processing job runs a container as a role.

The bucket it needs for its data may be anybody's, so that no bucket of the estate is asked for.
"""

from nephograph.library.escalations.declare import Escalation, passing

ESCALATION = Escalation(
    id="sagemaker-003",
    rules=(
        passing(
            "sagemaker-003",
            "sagemaker.amazonaws.com",
            ("sagemaker:CreateProcessingJob",),
            says="{principal} processes with a container of its own as {role}",
            label="PassRole + CreateProcessingJob",
            techniques=("T1610",),
            page="https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html",
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=(
        "Let iam:PassRole name the execution roles for processing; condition "
        "sagemaker:CreateProcessingJob on subnets without a way out."
    ),
    needs=("a role that trusts sagemaker.amazonaws.com",),
)
