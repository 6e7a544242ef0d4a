"""A configuration of a provider: as whom it speaks."""

from nephograph.catalog.language import Kind, Spelling, text, texts
from nephograph.model.resource import Class

KIND = Kind(
    native="provider",
    service="provider",
    cls=Class.CONFIGURATION,
    label="name",
    fields={
        "name": text(),
        "type": text(),
        "hard_coded": texts(),
    },
    spellings=(
        Spelling(
            "terraform",
            "terraform_provider",
            {
                "name": "name",
                "type": "type",
                "hard_coded": "hard_coded",
            },
        ),
    ),
    references=("https://developer.hashicorp.com/terraform/language/block/provider",),
)
