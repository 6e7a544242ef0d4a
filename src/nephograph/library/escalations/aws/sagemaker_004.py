"""A signed address opens an existing notebook."""

from nephograph.library.escalations.declare import Escalation, taking

ESCALATION = Escalation(
    id="sagemaker-004",
    rules=(
        taking(
            "sagemaker-004",
            "notebook",
            ("sagemaker:CreatePresignedNotebookInstanceUrl",),
            says="{principal} opens {notebook} by a signed address",
            label="CreatePresignedNotebookInstanceUrl",
            techniques=("T1550",),
            page=(
                "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePresignedNotebookInstanceUrl.html"
            ),
        ),
    ),
    yields="the permissions of the role that the notebook runs as",
    fix=(
        "Let sagemaker:CreatePresignedNotebookInstanceUrl name the principal's own notebook, by a tag "
        "with its user name."
    ),
    needs=("a notebook instance with an execution role",),
)
