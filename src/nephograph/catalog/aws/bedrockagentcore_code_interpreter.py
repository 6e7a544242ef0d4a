"""Bedrock AgentCore code interpreter: a sandbox that runs code of an agent with the credentials of its role."""

from nephograph.catalog.language import Kind, Link, Spelling, mapping, reference, text
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::BedrockAgentCore::CodeInterpreterCustom",
    service="bedrock-agentcore",
    cls=Class.COMPUTE,
    identity=("name",),
    arn="arn:{partition}:bedrock-agentcore:{region}:{account}:code-interpreter-custom/{interpreter_id}",
    id="{interpreter_id}",
    label="name",
    fields={
        "name": text(),
        "interpreter_id": text(),
        "role": reference("aws_iam_role"),
        "network_mode": text(),
        "tags": mapping(),
    },
    links=(Link("runs_as", "role"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_bedrockagentcore_code_interpreter",
            {
                "name": "name",
                "interpreter_id": "code_interpreter_id",
                "role": "execution_role_arn",
                "network_mode": "network_configuration.network_mode",
                "tags": "tags",
            },
            computed={"code_interpreter_arn": "arn", "code_interpreter_id": "{interpreter_id}"},
            ignores=(
                "code_interpreter_arn",
                "description",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::BedrockAgentCore::CodeInterpreterCustom",
            {
                "name": "Name",
                "role": "ExecutionRoleArn",
                "network_mode": "NetworkConfiguration.NetworkMode",
                "tags": "Tags",
            },
            computed={"Ref": "{interpreter_id}", "CodeInterpreterId": "{interpreter_id}", "CodeInterpreterArn": "arn"},
            ignores=(
                "Certificates",
                "Description",
            ),
        ),
        Spelling(
            "api",
            "bedrock-agentcore-control:ListCodeInterpreters",
            {
                "name": "name",
                "interpreter_id": "codeInterpreterId",
            },
            items="codeInterpreterSummaries.*",
            key="codeInterpreterId",
            ignores=(
                "codeInterpreterArn",
                "createdAt",
                "description",
                "lastUpdatedAt",
                "nextToken",
                "status",
            ),
        ),
        Spelling(
            "api",
            "bedrock-agentcore-control:GetCodeInterpreter",
            {
                "name": "name",
                "interpreter_id": "codeInterpreterId",
                "role": "executionRoleArn",
                "network_mode": "networkConfiguration.networkMode",
            },
            key="codeInterpreterId",
            ignores=(
                "certificates",
                "codeInterpreterArn",
                "createdAt",
                "description",
                "failureReason",
                "filesystemConfigurations",
                "lastUpdatedAt",
                "status",
            ),
        ),
        Spelling(
            "api",
            "bedrock-agentcore-control:ListTagsForResource",
            {"tags": "tags"},
            part_of="resourceArn",
            asks=("resourceArn",),
        ),
    ),
    references=("https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/code-interpreter-tool.html",),
)
