"""A task is placed on a registered container instance with a role."""

from nephograph.library.escalations.declare import Escalation, passing
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="ecs-005",
    rules=(
        passing(
            "ecs-005",
            "ecs-tasks.amazonaws.com",
            ("ecs:RegisterTaskDefinition", "ecs:StartTask"),
            says="{principal} starts a task of its own as {role} on an instance of a cluster",
            label="PassRole + StartTask",
            techniques=("T1610",),
            page="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StartTask.html",
            more=(atom("there_is", "container instance"),),
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=(
        "Let iam:PassRole name the task roles of the principal's own services; withhold "
        "ecs:StartTask, which only own schedulers need."
    ),
    needs=("a role that trusts ecs-tasks.amazonaws.com", "an ECS cluster with a registered container instance"),
)
