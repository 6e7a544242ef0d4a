"""A session of Systems Manager opens a shell on an instance."""

from nephograph.library.escalations.declare import Escalation, step

ESCALATION = Escalation(
    id="ssm-001",
    rules=(step("ssm-startsession"),),
    yields="the permissions of the role that the instance runs as",
    fix=("Let ssm:StartSession name instances by a tag, and documents that only forward ports where that is enough."),
    needs=("an instance with a role that lets the Systems Manager agent register",),
)
