"""A database that the internet reaches, whose password stands in the code."""

from nephograph.library.combinations.declare import Combination
from nephograph.model.answer import Severity
from nephograph.model.rule import atom

COMBINATION = Combination(
    code="combination-exposed-database-password-in-code",
    title="Exposed database whose password stands in the code",
    severity=Severity.CRITICAL,
    when=(
        atom("password_in_code", "?database"),
        atom("faces_internet", "?database"),
    ),
    about="?database",
    says="whoever reads the code signs in to {database} from the internet",
    help="let AWS keep the password (manage_master_user_password), and take the public address away",
    references=("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",),
)
