"""A role whose trust policy lets any AWS account assume it."""

from nephograph.model.rule import StepRule, atom

STEPS = (
    StepRule(
        name="open-trust",
        when=(atom("assumable_by_anyone", "?role"),),
        then=atom("has", "?role"),
        source="internet",
        target="?role",
        says="anyone with an AWS account assumes {role}",
        label="sts:AssumeRole",
        techniques=("T1199",),
        references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",),
    ),
)
