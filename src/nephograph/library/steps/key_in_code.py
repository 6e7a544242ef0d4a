"""An access key of the estate that is written in the code: whoever reads the repository has it."""

from nephograph.model.rule import StepRule, atom

STEPS = (
    StepRule(
        name="key-in-code",
        when=(atom("written_key_of", "?credential", "?user"),),
        then=atom("has", "?user"),
        source="?credential",
        target="?user",
        says="whoever reads the code acts as {user}",
        label="access key",
        techniques=("T1552.001", "T1078.004"),
        references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",),
        on_request="leaked-code",
    ),
)
"""Asked for with `--from leaked-code`."""
