"""A principal has a function run other code than its own by changing how it is configured."""

from nephograph.model.rule import StepRule, atom

STEPS = (
    StepRule(
        name="add-layer",
        when=(
            atom("has", "?principal"),
            atom("lesser", "?principal"),
            atom("is_function", "?function"),
            atom("can", "?principal", "lambda:UpdateFunctionConfiguration", "?function"),
        ),
        then=atom("has", "?function"),
        source="?principal",
        target="?function",
        says="{principal} adds a layer of its own to {function}, which loads it before its own code",
        label="lambda:UpdateFunctionConfiguration",
        techniques=("T1648", "T1574"),
        references=("https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html",),
    ),
)
