"""An inline policy of another user is written, and an access key made for it."""

from nephograph.library.escalations.declare import Escalation, raising
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="iam-018",
    rules=(
        raising(
            "iam-018",
            (("iam:PutUserPolicy", "?target"), ("iam:CreateAccessKey", "?target")),
            says="{principal} lets {target} do everything and makes a key for it",
            label="PutUserPolicy + CreateAccessKey",
            techniques=("T1098.003", "T1098.001"),
            more=(atom("is_user", "?target"), atom("may_get_access_key", "?target")),
        ),
    ),
    yields="administrator of the account",
    fix=(
        "Require a permissions boundary of the users whose policies may be written; let "
        "iam:CreateAccessKey name ${aws:username}."
    ),
    needs=("a user with fewer than two access keys",),
)
