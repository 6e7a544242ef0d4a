"""Code on a workload holds the credentials of the identity it runs as."""

from nephograph.model.rule import StepRule, atom

STEPS = (
    StepRule(
        name="workload-identity",
        when=(atom("has", "?workload"), atom("runs_as", "?workload", "?role")),
        then=atom("has", "?role"),
        source="?workload",
        target="?role",
        says="code on {workload} holds the credentials of {role}",
        label="runs as",
        techniques=("T1552.005",),
        references=("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html",),
    ),
)
