"""A new access key of another user is made."""

from nephograph.library.escalations.declare import Escalation, step
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="iam-002",
    rules=(step("create-access-key", atom("may_get_access_key", "?user")),),
    yields="the permissions of the user",
    fix="Let iam:CreateAccessKey name ${aws:username}: everybody makes keys for themselves alone.",
    needs=("a user with fewer than two access keys",),
)
