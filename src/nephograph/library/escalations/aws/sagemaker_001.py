"""A new notebook instance gives a shell with a role.

To look into the notebook takes sagemaker:CreatePresignedNotebookInstanceUrl; a lifecycle configuration that runs
without it is part of the creation.
"""

from nephograph.library.escalations.declare import Escalation, passing

ESCALATION = Escalation(
    id="sagemaker-001",
    rules=(
        passing(
            "sagemaker-001",
            "sagemaker.amazonaws.com",
            ("sagemaker:CreateNotebookInstance",),
            says="{principal} makes a notebook that runs as {role}",
            label="PassRole + CreateNotebookInstance",
            techniques=("T1648",),
            page="https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html",
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=("Let iam:PassRole name the execution roles for notebooks, and keep permissions over IAM out of them."),
    needs=("a role that trusts sagemaker.amazonaws.com",),
)
