"""A new service on an existing cluster runs a task with a role."""

from nephograph.library.escalations.declare import Escalation, passing
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="ecs-003",
    rules=(
        passing(
            "ecs-003",
            "ecs-tasks.amazonaws.com",
            ("ecs:RegisterTaskDefinition", "ecs:CreateService"),
            says="{principal} adds a service whose tasks run as {role}",
            label="PassRole + CreateService",
            techniques=("T1610",),
            page="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
            more=(atom("there_is", "ECS cluster"),),
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=(
        "Let iam:PassRole name the task roles of the principal's own services: whoever registers task "
        "definitions chooses their role among those."
    ),
    needs=("a role that trusts ecs-tasks.amazonaws.com", "an ECS cluster"),
)
