"""CloudFormation stack set: stacks in many accounts, made through the administration role."""

from nephograph.catalog.language import Kind, Link, Spelling, mapping, reference, text
from nephograph.catalog.readers import behind, tags
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::CloudFormation::StackSet",
    service="cloudformation",
    cls=Class.COMPUTE,
    identity=("name",),
    arn="arn:{partition}:cloudformation:{region}:{account}:stackset/{name}:{uuid}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "uuid": text(),
        # The role CloudFormation administers it as, where it is self-managed: it becomes the execution roles.
        "role": reference("aws_iam_role"),
        "execution_role_name": text(),
        "permission_model": text(default="SELF_MANAGED"),
        "tags": mapping(),
    },
    links=(Link("runs_as", "role"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_cloudformation_stack_set",
            {
                "name": "name",
                "uuid": behind(":", "stack_set_id"),
                "role": "administration_role_arn",
                "execution_role_name": "execution_role_name",
                "permission_model": "permission_model",
                "tags": "tags",
            },
            computed={"name": "{name}", "id": "{name}"},
            ignores=(
                "auto_deployment",
                "call_as",
                "capabilities",
                "description",
                "managed_execution",
                "operation_preferences",
                "parameters",
                "template_body",
                "template_url",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::CloudFormation::StackSet",
            {
                "name": "StackSetName",
                "role": "AdministrationRoleARN",
                "execution_role_name": "ExecutionRoleName",
                "permission_model": "PermissionModel",
                "tags": tags("Tags"),
            },
            computed={"StackSetId": "{name}:{uuid}", "Ref": "{name}:{uuid}"},
            ignores=(
                "AutoDeployment",
                "CallAs",
                "Capabilities",
                "Description",
                "ManagedExecution",
                "OperationPreferences",
                "Parameters",
                "StackInstancesGroup",
                "TemplateBody",
                "TemplateURL",
            ),
        ),
        Spelling(
            "api",
            "cloudformation:DescribeStackSet",
            {
                "name": "StackSetName",
                "uuid": behind(":", "StackSetId"),
                "role": "AdministrationRoleARN",
                "execution_role_name": "ExecutionRoleName",
                "permission_model": "PermissionModel",
                "tags": tags("Tags"),
            },
            items="StackSet",
            key="StackSetName",
            ignores=(
                "AutoDeployment",
                "Capabilities",
                "Description",
                "ManagedExecution",
                "OrganizationalUnitIds",
                "Parameters",
                "Regions",
                "StackSetARN",
                "StackSetDriftDetectionDetails",
                "Status",
                "TemplateBody",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html",),
)
