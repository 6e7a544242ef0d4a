"""A key is pushed to a running instance, and SSH opens a shell on it.

ec2:DescribeInstances is listed beside it: it finds the instance and its address, and is not needed by who knows them.
"""

from nephograph.library.escalations.declare import Escalation, taking
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="ec2instanceconnect-003",
    rules=(
        taking(
            "ec2instanceconnect-003",
            "instance",
            ("ec2-instance-connect:SendSSHPublicKey",),
            says="{principal} pushes an SSH key to {instance} and signs in",
            label="SendSSHPublicKey",
            techniques=("T1098.004", "T1021.004"),
            page=("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-connect-configure-IAM-role.html"),
            more=(atom("takes_pushed_keys", "?instance"),),
        ),
    ),
    yields="the permissions of the role that the instance runs as",
    fix=(
        "Let ec2-instance-connect:SendSSHPublicKey name instances or a tag; admit port 22 from a "
        "bastion or an Instance Connect endpoint alone."
    ),
    needs=("an instance with a role, EC2 Instance Connect on its image, and SSH that gets there",),
)
