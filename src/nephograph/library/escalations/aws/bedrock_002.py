"""A session with an existing code interpreter runs commands as its role."""

from nephograph.library.escalations.declare import Escalation, taking

ESCALATION = Escalation(
    id="bedrock-002",
    rules=(
        taking(
            "bedrock-002",
            "code_interpreter",
            ("bedrock-agentcore:StartCodeInterpreterSession", "bedrock-agentcore:InvokeCodeInterpreter"),
            says="{principal} runs code in a session of {code_interpreter}",
            label="InvokeCodeInterpreter",
            techniques=("T1648",),
            page="https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/code-interpreter-tool.html",
        ),
    ),
    yields="the permissions of the role that the interpreter runs as",
    fix=(
        "Give the interpreter an execution role with no more than its users have; let both actions "
        "name the interpreters a principal works with."
    ),
    needs=("a code interpreter with an execution role",),
)
