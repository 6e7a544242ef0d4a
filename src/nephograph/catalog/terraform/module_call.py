"""A call of a module: where its code comes from, and which version of it is asked for."""

from nephograph.catalog.language import Kind, Spelling, flag, text
from nephograph.model.resource import Class

KIND = Kind(
    native="module",
    service="module_call",
    cls=Class.CONFIGURATION,
    label="name",
    fields={
        "name": text(),
        "source": text(),
        "form": text(),
        "version": text(),
        "ref": text(),
        "in_clear": flag(),
    },
    spellings=(
        Spelling(
            "terraform",
            "terraform_module_call",
            {
                "name": "name",
                "source": "source",
                "form": "form",
                "version": "version",
                "ref": "ref",
                "in_clear": "in_clear",
            },
        ),
    ),
    references=("https://developer.hashicorp.com/terraform/language/modules/sources",),
)
