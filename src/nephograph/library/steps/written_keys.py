"""A secret of an access key that stands where code is handed its texts: environment variables, user data."""

from nephograph.model.rule import StepRule, atom

_ENVIRONMENT = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html"
_USER_DATA = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html"

STEPS = (
    StepRule(
        name="key-on-workload",
        when=(atom("has", "?workload"), atom("carries_key", "?workload", "?user")),
        then=atom("has", "?user"),
        source="?workload",
        target="?user",
        says="code on {workload} reads an access key of {user}",
        label="access key",
        techniques=("T1552.001",),
        references=(_ENVIRONMENT, _USER_DATA),
    ),
    StepRule(
        name="key-in-environment",
        when=(
            atom("has", "?principal"),
            atom("is_function", "?function"),
            atom("carries_key", "?function", "?user"),
            atom("can", "?principal", "lambda:GetFunctionConfiguration", "?function"),
        ),
        then=atom("has", "?user"),
        source="?principal",
        target="?user",
        says="{principal} reads an access key of {user} in the environment of {function}",
        label="lambda:GetFunctionConfiguration",
        techniques=("T1552.001",),
        references=(_ENVIRONMENT,),
    ),
    StepRule(
        name="key-in-user-data",
        when=(
            atom("has", "?principal"),
            atom("is_instance_with_user_data", "?instance"),
            atom("carries_key", "?instance", "?user"),
            atom("can", "?principal", "ec2:DescribeInstanceAttribute", "?instance"),
        ),
        then=atom("has", "?user"),
        source="?principal",
        target="?user",
        says="{principal} reads an access key of {user} in the user data of {instance}",
        label="ec2:DescribeInstanceAttribute",
        techniques=("T1552.005",),
        references=(_USER_DATA,),
    ),
)
