"""The lifecycle of a resource that leaves changes alone."""

from nephograph.catalog.language import Kind, Spelling, flag, text
from nephograph.model.resource import Class

KIND = Kind(
    native="lifecycle",
    service="lifecycle",
    cls=Class.CONFIGURATION,
    label="resource",
    fields={
        "resource": text(),
        "ignores_all": flag(default=False),
    },
    spellings=(
        Spelling(
            "terraform",
            "terraform_lifecycle",
            {
                "resource": "resource",
                "ignores_all": "ignores_all",
            },
        ),
    ),
    references=("https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle",),
)
