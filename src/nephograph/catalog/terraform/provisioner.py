"""A provisioner of a resource: commands that are run here or there beside what Terraform plans."""

from nephograph.catalog.language import Kind, Spelling, text
from nephograph.model.resource import Class

KIND = Kind(
    native="provisioner",
    service="provisioner",
    cls=Class.CONFIGURATION,
    label="type",
    fields={
        "type": text(),
        "resource": text(),
        "when": text(default="create"),
    },
    spellings=(
        Spelling(
            "terraform",
            "terraform_provisioner",
            {
                "type": "type",
                "resource": "resource",
                "when": "when",
            },
        ),
    ),
    references=("https://developer.hashicorp.com/terraform/language/provisioners",),
)
