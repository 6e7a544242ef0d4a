"""A launch template that gives instances a role is given other user data."""

from nephograph.library.escalations.declare import Escalation
from nephograph.model.rule import StepRule, atom

ESCALATION = Escalation(
    id="ec2-004",
    rules=(
        StepRule(
            name="ec2-004",
            when=(
                atom("has", "?principal"),
                atom("lesser", "?principal"),
                atom("can", "?principal", "ec2:CreateLaunchTemplateVersion", "?template"),
                atom("can", "?principal", "ec2:ModifyLaunchTemplate", "?template"),
                atom("launches_as", "?template", "?role"),
            ),
            then=atom("has", "?role"),
            source="?principal",
            target="?role",
            says="{principal} makes {template} start its own code as {role}",
            label="ModifyLaunchTemplate",
            techniques=("T1037", "T1578.005"),
            references=("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-launch-template-versions.html",),
        ),
    ),
    yields="the permissions of the role that the template gives",
    fix=(
        "Let the two actions name templates, and pin Auto Scaling groups to a numbered version, so "
        "that a new default starts nothing."
    ),
    needs=(
        "a launch template that names an instance profile",
        "something that starts instances from its default or latest version",
    ),
)
