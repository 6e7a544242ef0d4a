"""A variable whose name or mark says that it is for a secret. Its default is not kept, only that there is one."""

from nephograph.catalog.language import Kind, Spelling, flag, text
from nephograph.model.resource import Class

KIND = Kind(
    native="variable",
    service="variable",
    cls=Class.CONFIGURATION,
    label="name",
    fields={
        "name": text(),
        "secret_name": flag(),
        "sensitive": flag(default=False),
        "ephemeral": flag(default=False),
        "type": text(),
        "holds_default": flag(default=False),
    },
    spellings=(
        Spelling(
            "terraform",
            "terraform_variable",
            {
                "name": "name",
                "secret_name": "secret_name",
                "sensitive": "sensitive",
                "ephemeral": "ephemeral",
                "type": "type",
                "holds_default": "holds_default",
            },
        ),
    ),
    references=("https://developer.hashicorp.com/terraform/language/block/variable",),
)
