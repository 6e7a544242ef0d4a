"""A new instance runs the principal's user data with a role."""

from nephograph.library.escalations.declare import Escalation, step

ESCALATION = Escalation(
    id="ec2-001",
    rules=(step("pass-role-ec2"),),
    yields="the permissions of the role that is passed",
    fix=(
        "Let iam:PassRole name the instance roles that this principal may start machines with, with "
        "iam:PassedToService set to ec2.amazonaws.com."
    ),
    needs=("a role that trusts ec2.amazonaws.com", "an instance profile that holds it"),
)
