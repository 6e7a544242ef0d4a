"""CloudFormation stack: CloudFormation makes what its template says, as the role of the stack if it has one."""

from nephograph.catalog.language import Kind, Link, Spelling, mapping, reference, text
from nephograph.catalog.readers import behind, tags
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::CloudFormation::Stack",
    service="cloudformation",
    cls=Class.COMPUTE,
    identity=("name",),
    arn="arn:{partition}:cloudformation:{region}:{account}:stack/{name}/{uuid}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "uuid": text(),
        # Without one CloudFormation acts with the permissions of whoever asks.
        "role": reference("aws_iam_role"),
        "tags": mapping(),
    },
    links=(Link("runs_as", "role"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_cloudformation_stack",
            {
                "name": "name",
                "uuid": behind("/", "id"),
                "role": "iam_role_arn",
                "tags": "tags",
            },
            computed={"name": "{name}", "id": "arn"},
            ignores=(
                "capabilities",
                "disable_rollback",
                "notification_arns",
                "on_failure",
                "outputs",
                "parameters",
                "policy_body",
                "policy_url",
                "template_body",
                "template_url",
                "timeout_in_minutes",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::CloudFormation::Stack",
            {
                "tags": tags("Tags"),
            },
            computed={"Ref": "arn", "StackId": "arn"},
            ignores=(
                "NotificationARNs",
                "Parameters",
                "TemplateURL",
                "TimeoutInMinutes",
            ),
        ),
        Spelling(
            "api",
            "cloudformation:DescribeStacks",
            {
                "name": "StackName",
                "uuid": behind("/", "StackId"),
                "role": "RoleARN",
                "tags": tags("Tags"),
            },
            items="Stacks.*",
            key="StackId",
            ignores=(
                "AliasName",
                "Capabilities",
                "ChangeSetId",
                "CreationTime",
                "DeletionMode",
                "DeletionTime",
                "DeploymentConfig",
                "Description",
                "DetailedStatus",
                "DisableRollback",
                "DriftInformation",
                "EnableTerminationProtection",
                "LastOperations",
                "LastUpdatedTime",
                "NextToken",
                "NotificationARNs",
                "Outputs",
                "Parameters",
                "ParentId",
                "RetainExceptOnCreate",
                "RollbackConfiguration",
                "RootId",
                "StackStatus",
                "StackStatusReason",
                "TimeoutInMinutes",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html",),
)
