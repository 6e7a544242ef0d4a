"""A task on an existing cluster runs with a role."""

from nephograph.library.escalations.declare import Escalation, passing
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="ecs-004",
    rules=(
        passing(
            "ecs-004",
            "ecs-tasks.amazonaws.com",
            ("ecs:RegisterTaskDefinition", "ecs:RunTask"),
            says="{principal} runs a task of its own as {role}",
            label="PassRole + RunTask",
            techniques=("T1610",),
            page="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
            more=(atom("there_is", "ECS cluster"),),
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=(
        "Let iam:PassRole name the task roles of the principal's own services; let ecs:RunTask name "
        "task definition families."
    ),
    needs=("a role that trusts ecs-tasks.amazonaws.com", "an ECS cluster"),
)
