"""A principal becomes a role that trusts it."""

from nephograph.model.rule import StepRule, atom

STEPS = (
    StepRule(
        name="assume-role",
        when=(atom("has", "?principal"), atom("can_assume", "?principal", "?role")),
        then=atom("has", "?role"),
        source="?principal",
        target="?role",
        says="{principal} assumes {role}",
        label="sts:AssumeRole",
        techniques=("T1078.004", "T1550.001"),
        references=("https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",),
    ),
)
