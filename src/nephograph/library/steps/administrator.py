"""A principal that may do everything owns its account."""

from nephograph.model.rule import StepRule, atom

STEPS = (
    StepRule(
        name="administrator",
        when=(atom("has", "?principal"), atom("administrator", "?principal", "?account")),
        then=atom("admin", "?account"),
        source="?principal",
        target="?account",
        says="{principal} may do everything in {account}",
        label="administrator",
        techniques=("T1078.004",),
        references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html",),
    ),
)
