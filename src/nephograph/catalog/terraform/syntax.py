"""How a module is written, where that is as Terraform before 0.12 wanted it. `plain` says the same in today's words."""

from nephograph.catalog.language import Kind, Spelling, items, text
from nephograph.model.resource import Class

KIND = Kind(
    native="syntax",
    service="syntax",
    cls=Class.CONFIGURATION,
    label="module",
    fields={
        # The directory, "." for the root of what was read.
        "module": text(),
        # form: interpolation, quoted reference, or removed (today's Terraform does not take it).
        "legacy": items(form=text(), written=text(), plain=text(), where=text()),
    },
    spellings=(Spelling("terraform", "terraform_syntax", {"module": "module", "legacy": "legacy"}),),
    references=(
        "https://developer.hashicorp.com/terraform/language/expressions/strings",
        "https://developer.hashicorp.com/terraform/language/functions/list",
    ),
)
