"""A spot request starts an instance with a role."""

from nephograph.library.escalations.declare import Escalation, passing
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="ec2-003",
    rules=(
        passing(
            "ec2-003",
            "ec2.amazonaws.com",
            ("ec2:RequestSpotInstances",),
            says="{principal} requests a spot instance that runs as {role}",
            label="PassRole + RequestSpotInstances",
            techniques=("T1578.002",),
            page="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-requests.html",
            more=(atom("has_instance_profile", "?role"),),
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=(
        "Let iam:PassRole name the instance roles that may be used: to withhold ec2:RunInstances "
        "alone leaves spot requests open."
    ),
    needs=("a role that trusts ec2.amazonaws.com", "an instance profile that holds it"),
)
