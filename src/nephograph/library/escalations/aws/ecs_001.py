"""A service on a new cluster runs a task with a role."""

from nephograph.library.escalations.declare import Escalation, passing

ESCALATION = Escalation(
    id="ecs-001",
    rules=(
        passing(
            "ecs-001",
            "ecs-tasks.amazonaws.com",
            ("ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:CreateService"),
            says="{principal} makes a cluster and a service whose tasks run as {role}",
            label="PassRole + CreateService",
            techniques=("T1610",),
            page="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=(
        "Let iam:PassRole name the task roles of the principal's own services; give ecs:CreateCluster "
        "to the platform's own principals."
    ),
    needs=("a role that trusts ecs-tasks.amazonaws.com",),
)
