"""A task on a new cluster runs with a role."""

from nephograph.library.escalations.declare import Escalation, passing

ESCALATION = Escalation(
    id="ecs-002",
    rules=(
        passing(
            "ecs-002",
            "ecs-tasks.amazonaws.com",
            ("ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:RunTask"),
            says="{principal} makes a cluster and runs a task as {role}",
            label="PassRole + RunTask",
            techniques=("T1610",),
            page="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=("Let iam:PassRole name the task roles of the principal's own services; condition ecs:RunTask on ecs:cluster."),
    needs=("a role that trusts ecs-tasks.amazonaws.com",),
)
