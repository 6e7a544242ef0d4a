"""A new code interpreter of Bedrock AgentCore runs code as a role."""

from nephograph.library.escalations.declare import Escalation, passing

ESCALATION = Escalation(
    id="bedrock-001",
    rules=(
        passing(
            "bedrock-001",
            "bedrock-agentcore.amazonaws.com",
            (
                "bedrock-agentcore:CreateCodeInterpreter",
                "bedrock-agentcore:StartCodeInterpreterSession",
                "bedrock-agentcore:InvokeCodeInterpreter",
            ),
            says="{principal} makes a code interpreter that runs as {role}, and talks to it",
            label="PassRole + CreateCodeInterpreter",
            techniques=("T1648",),
            page="https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/code-interpreter-tool.html",
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=(
        "Take bedrock-agentcore:CreateCodeInterpreter from who only uses interpreters; let "
        "iam:PassRole name the execution roles that may be used."
    ),
    needs=("a role that trusts bedrock-agentcore.amazonaws.com",),
)
