"""A stopped instance is given other user data, which runs when it starts."""

from nephograph.library.escalations.declare import Escalation, taking

ESCALATION = Escalation(
    id="ec2-002",
    rules=(
        taking(
            "ec2-002",
            "instance",
            ("ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"),
            says="{principal} stops {instance}, changes its user data and starts it",
            label="ModifyInstanceAttribute",
            techniques=("T1037", "T1578.005"),
            page="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html",
        ),
    ),
    yields="the permissions of the role that the instance runs as",
    fix=(
        "Condition ec2:ModifyInstanceAttribute on ec2:Attribute so that UserData is left out, or on a "
        "tag of the principal's own instances."
    ),
    needs=("an instance with a role",),
)
