"""The settings of one module: what it requires, where its state is kept. Told of modules that say or configure any.

A module is a root when it is called by none and configures a provider or a backend itself; a library does neither.
"""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Spelling, flag, items, text
from nephograph.catalog.readers import each
from nephograph.model.resource import Class


def _provider(block: Cursor) -> dict[str, Tree]:
    return {name: block.at(name) for name in ("name", "source", "version")}


KIND = Kind(
    native="terraform",
    service="settings",
    cls=Class.CONFIGURATION,
    fields={
        "required_version": text(),
        "providers": items(name=text(), source=text(), version=text()),
        "backend": text(),
        "is_root": flag(),
        "lock_file": flag(),
    },
    spellings=(
        Spelling(
            "terraform",
            "terraform_settings",
            {
                "required_version": "required_version",
                "providers": each("requirement", _provider),
                "backend": "backend",
                "is_root": "is_root",
                "lock_file": "lock_file",
            },
        ),
    ),
    references=("https://developer.hashicorp.com/terraform/language/block/terraform",),
)
