"""An account that is not in the estate becomes administrator, and no external id tells its customers apart."""

from nephograph.library.combinations.declare import Combination
from nephograph.model.answer import Severity
from nephograph.model.rule import atom

COMBINATION = Combination(
    code="combination-vendor-administers",
    title="Foreign account that administers without an external id",
    severity=Severity.HIGH,
    when=(
        atom("trusts_account", "?role", "?other", "without"),
        atom("administrator", "?role", "?account"),
    ),
    about="?role",
    says="{other}, which is not in the estate, becomes {role}, administrator of {account}, without an external id",
    help="ask for sts:ExternalId in the trust policy, and grant what the vendor needs",
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",),
)
