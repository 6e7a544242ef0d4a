"""A command of Systems Manager runs on an instance."""

from nephograph.library.escalations.declare import Escalation, step

ESCALATION = Escalation(
    id="ssm-002",
    rules=(step("ssm-sendcommand"),),
    yields="the permissions of the role that the instance runs as",
    fix=(
        "Let ssm:SendCommand name documents and instances by a tag: AWS-RunShellScript on everything "
        "is root on everything."
    ),
    needs=("an instance with a role that lets the Systems Manager agent register",),
)
