"""An output whose value is read from something that is named like a secret."""

from nephograph.catalog.language import Kind, Spelling, flag, text, texts
from nephograph.model.resource import Class

KIND = Kind(
    native="output",
    service="output",
    cls=Class.CONFIGURATION,
    label="name",
    fields={
        "name": text(),
        "shows": texts(),
        "sensitive": flag(default=False),
        "ephemeral": flag(default=False),
    },
    spellings=(
        Spelling(
            "terraform",
            "terraform_output",
            {
                "name": "name",
                "shows": "shows",
                "sensitive": "sensitive",
                "ephemeral": "ephemeral",
            },
        ),
    ),
    references=("https://developer.hashicorp.com/terraform/language/block/output",),
)
