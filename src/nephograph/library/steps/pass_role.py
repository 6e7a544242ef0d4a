"""PassRole: a principal starts something that runs as a stronger role, and so becomes that role.

Ids of pathfinding.cloud (DataDog, Apache-2.0): lambda-001, ec2-001.
"""

from nephograph.model.rule import StepRule, atom

_PAGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html"

STEPS = (
    StepRule(
        name="pass-role-lambda",
        when=(
            atom("has", "?principal"),
            atom("can_pass", "?principal", "?role", "lambda.amazonaws.com"),
            atom("may", "?principal", "lambda:CreateFunction"),
            atom("may", "?principal", "lambda:InvokeFunction"),
        ),
        then=atom("has", "?role"),
        source="?principal",
        target="?role",
        says="{principal} creates a function that runs as {role}, and calls it",
        label="PassRole + CreateFunction",
        techniques=("T1098.003", "T1648"),
        references=(_PAGE,),
    ),
    StepRule(
        name="pass-role-ec2",
        when=(
            atom("has", "?principal"),
            atom("can_pass", "?principal", "?role", "ec2.amazonaws.com"),
            atom("has_instance_profile", "?role"),
            atom("may", "?principal", "ec2:RunInstances"),
        ),
        then=atom("has", "?role"),
        source="?principal",
        target="?role",
        says="{principal} starts an instance that runs as {role}",
        label="PassRole + RunInstances",
        techniques=("T1098.003", "T1578.002"),
        references=(_PAGE,),
    ),
)
