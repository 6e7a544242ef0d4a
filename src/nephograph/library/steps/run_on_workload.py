"""A principal runs its own code on a workload that exists."""

from nephograph.model.rule import StepRule, atom

STEPS = (
    StepRule(
        name="update-function-code",
        when=(
            atom("has", "?principal"),
            atom("can", "?principal", "lambda:UpdateFunctionCode", "?function"),
            atom("is_function", "?function"),
        ),
        then=atom("has", "?function"),
        source="?principal",
        target="?function",
        says="{principal} replaces the code of {function}",
        label="lambda:UpdateFunctionCode",
        techniques=("T1648",),
        references=("https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html",),
    ),
    *(
        StepRule(
            name=f"ssm-{action.lower()}",
            when=(
                atom("has", "?principal"),
                atom("can", "?principal", f"ssm:{action}", "?instance"),
                atom("managed_by_ssm", "?instance"),
            ),
            then=atom("has", "?instance"),
            source="?principal",
            target="?instance",
            says=f"{{principal}} runs commands on {{instance}} with ssm:{action}",
            label=f"ssm:{action}",
            techniques=("T1651",),
            references=("https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command.html",),
        )
        for action in ("SendCommand", "StartSession")
    ),
)
