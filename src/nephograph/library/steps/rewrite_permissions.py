"""A principal that may rewrite policies gives itself, or a role it can become, whatever it wants.

Ids of pathfinding.cloud (DataDog, Apache-2.0): iam-005, iam-007, iam-008, iam-009, iam-012.
"""

from nephograph.model.rule import StepRule, atom

_PAGE = "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html"

STEPS = (
    StepRule(
        name="rewrite-itself",
        when=(atom("has", "?principal"), atom("rewrites_itself", "?principal", "?action", "?account")),
        then=atom("admin", "?account"),
        source="?principal",
        target="?account",
        says="{principal} makes itself administrator of {account} with {action}",
        label="{action}",
        techniques=("T1098.003",),
        references=(_PAGE,),
    ),
    StepRule(
        # The new trust may name anybody, also somebody of another account: no other permission is needed.
        name="rewrite-trust",
        when=(
            atom("has", "?principal"),
            atom("can", "?principal", "iam:UpdateAssumeRolePolicy", "?role"),
            atom("is_role", "?role"),
        ),
        then=atom("has", "?role"),
        source="?principal",
        target="?role",
        says="{principal} rewrites the trust of {role} and assumes it",
        label="iam:UpdateAssumeRolePolicy",
        techniques=("T1098",),
        references=(_PAGE,),
    ),
    StepRule(
        name="create-access-key",
        when=(
            atom("has", "?principal"),
            atom("can", "?principal", "iam:CreateAccessKey", "?user"),
            atom("is_user", "?user"),
        ),
        then=atom("has", "?user"),
        source="?principal",
        target="?user",
        says="{principal} makes an access key for {user}",
        label="iam:CreateAccessKey",
        techniques=("T1098.001",),
        references=(_PAGE,),
    ),
)
