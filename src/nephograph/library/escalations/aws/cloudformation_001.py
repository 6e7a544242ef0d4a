"""A new stack is deployed by a role that CloudFormation is handed."""

from nephograph.library.escalations.declare import Escalation, passing

ESCALATION = Escalation(
    id="cloudformation-001",
    rules=(
        passing(
            "cloudformation-001",
            "cloudformation.amazonaws.com",
            ("cloudformation:CreateStack",),
            says="{principal} has CloudFormation deploy a template as {role}",
            label="PassRole + CreateStack",
            techniques=("T1578.002",),
            page="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html",
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=(
        "Let iam:PassRole name the deployment roles, and give those only what the templates need; a "
        "condition on cloudformation:RoleArn narrows the choice."
    ),
    needs=("a role that trusts cloudformation.amazonaws.com",),
)
