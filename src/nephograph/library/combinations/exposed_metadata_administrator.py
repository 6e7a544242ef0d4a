"""An instance that the internet reaches, whose metadata asks for no token, and whose role administers the account."""

from nephograph.library.combinations.declare import Combination
from nephograph.model.answer import Severity
from nephograph.model.rule import atom

COMBINATION = Combination(
    code="combination-exposed-metadata-administrator",
    title="One forged request away from administrator",
    severity=Severity.CRITICAL,
    when=(
        atom("answers_without_token", "?instance"),
        atom("faces_internet", "?instance"),
        atom("runs_as", "?instance", "?role"),
        atom("administrator", "?role", "?account"),
    ),
    about="?instance",
    says="one forged request of {instance}, which the internet reaches, yields {role}, administrator of {account}",
    help="require session tokens (version 2), and give the instance a role of its own with what it needs",
    references=("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",),
)
