"""An existing notebook is given a start script that runs as its role."""

from nephograph.library.escalations.declare import Escalation, taking
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="sagemaker-005",
    rules=(
        taking(
            "sagemaker-005",
            "notebook",
            ("sagemaker:StopNotebookInstance", "sagemaker:UpdateNotebookInstance", "sagemaker:StartNotebookInstance"),
            says="{principal} gives {notebook} a start script and restarts it",
            label="UpdateNotebookInstance",
            techniques=("T1037",),
            page="https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html",
            more=(atom("may", "?principal", "sagemaker:CreateNotebookInstanceLifecycleConfig"),),
        ),
    ),
    yields="the permissions of the role that the notebook runs as",
    fix=(
        "Let sagemaker:UpdateNotebookInstance name the principal's own notebooks; give lifecycle "
        "configurations to those who run the platform."
    ),
    needs=("a notebook instance with an execution role",),
)
