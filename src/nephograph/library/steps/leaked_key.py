"""A long-lived access key that somebody finds: in a repository, on a laptop, in a log."""

from nephograph.model.rule import StepRule, atom

STEPS = (
    StepRule(
        name="leaked-key",
        when=(atom("key_of", "?key", "?user"),),
        then=atom("has", "?user"),
        source="?key",
        target="?user",
        says="whoever finds the access key of {user} acts as it",
        label="access key",
        techniques=("T1552.001", "T1078.004"),
        references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",),
        on_request="leaked-key",
    ),
)
"""Asked for with `--from leaked-key`."""
