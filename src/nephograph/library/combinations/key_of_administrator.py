"""A long-lived access key of a user who administers the account."""

from nephograph.library.combinations.declare import Combination
from nephograph.model.answer import Severity
from nephograph.model.rule import atom

COMBINATION = Combination(
    code="combination-key-of-administrator",
    title="Long-lived access key of an administrator",
    severity=Severity.HIGH,
    when=(
        atom("key_of", "?key", "?user"),
        atom("administrator", "?user", "?account"),
    ),
    about="?key",
    says="whoever finds the access key of {user} administers {account}, until somebody takes the key away",
    help="let people and pipelines assume a role, and delete the key",
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles",),
)
