"""A new training job runs a container as a role.

The bucket it needs for its data may be anybody's, so that no bucket of the estate is asked for.
"""

from nephograph.library.escalations.declare import Escalation, passing

ESCALATION = Escalation(
    id="sagemaker-002",
    rules=(
        passing(
            "sagemaker-002",
            "sagemaker.amazonaws.com",
            ("sagemaker:CreateTrainingJob",),
            says="{principal} trains with a container of its own as {role}",
            label="PassRole + CreateTrainingJob",
            techniques=("T1610",),
            page="https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html",
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=(
        "Let iam:PassRole name the execution roles for training; condition "
        "sagemaker:CreateTrainingJob on subnets without a way out."
    ),
    needs=("a role that trusts sagemaker.amazonaws.com",),
)
