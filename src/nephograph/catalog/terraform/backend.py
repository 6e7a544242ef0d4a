"""Where the state of a root module is kept. It holds every value of every resource, secrets among them."""

from nephograph.catalog.language import Kind, Spelling, flag, text, texts
from nephograph.model.resource import Class

KIND = Kind(
    native="backend",
    service="backend",
    cls=Class.CONFIGURATION,
    label="type",
    fields={
        "type": text(),
        "bucket": text(),
        "key": text(),
        "encrypt": flag(),
        "kms_key": text(),
        "lock_file": flag(default=False),
        "lock_table": text(),
        "path": text(),
        "hard_coded": texts(),
    },
    spellings=(
        Spelling(
            "terraform",
            "terraform_backend",
            {
                "type": "type",
                "bucket": "bucket",
                "key": "key",
                "encrypt": "encrypt",
                "kms_key": "kms_key_id",
                "lock_file": "use_lockfile",
                "lock_table": "dynamodb_table",
                "path": "path",
                "hard_coded": "hard_coded",
            },
        ),
    ),
    references=("https://developer.hashicorp.com/terraform/language/backend/s3",),
)
