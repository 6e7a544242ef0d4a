"""A workload that the internet reaches may delete what a bucket holds, and the bucket keeps no older versions."""

from nephograph.library.combinations.declare import Combination
from nephograph.model.answer import Severity
from nephograph.model.rule import atom

COMBINATION = Combination(
    code="combination-exposed-deletes-for-good",
    title="Exposed workload that deletes objects for good",
    severity=Severity.HIGH,
    when=(
        atom("is_workload", "?workload"),
        atom("faces_internet", "?workload"),
        atom("runs_as", "?workload", "?role"),
        atom("can", "?role", "s3:DeleteObject", "?bucket"),
        atom("overwritten_for_good", "?bucket"),
    ),
    about="?bucket",
    says="{workload}, which the internet reaches, may delete the objects of {bucket}, and no older version is kept",
    help="turn on versioning, or take s3:DeleteObject from the role",
    references=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",),
)
