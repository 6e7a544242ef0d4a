"""The table of functions in the ledger says what the code and the recorded answers say."""

import json

from nephograph.sources.terraform.functions import registry
from scripts.function_table import BEGIN, END, PAGE, page
from tests.sources.terraform.console import HERE


def test_the_page_is_what_the_script_writes() -> None:
    text = PAGE.read_text()
    assert page(text) == text, "run: python scripts/function_table.py"


def test_every_function_of_terraform_is_in_it() -> None:
    names = json.loads((HERE / "data" / "functions.json").read_text())
    assert len(names) > 110
    text = PAGE.read_text()
    written = text[text.index(BEGIN) : text.index(END)]
    assert [name for name in names if f"| `{name}` |" not in written] == []
    assert set(names) <= set(registry.names())
