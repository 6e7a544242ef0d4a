"""Somebody inside: whoever holds a user or role of the estate already, and looks for more than it was given."""

from nephograph.model.rule import StepRule, atom

STEPS = (
    StepRule(
        name="insider-principal",
        when=(atom("is_principal", "?principal"),),
        then=atom("has", "?principal"),
        source="insider",
        target="?principal",
        says="somebody holds {principal}",
        label="holds",
        techniques=("T1078.004",),
        references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id.html",),
        on_request="principal",
    ),
)
"""Asked for with `--from principal`: only ways beyond what a principal was given are told."""
