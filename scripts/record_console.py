"""Records what `terraform console` answers, so that the comparison runs where the command is not installed.

    python scripts/record_console.py < expressions.txt     # one expression a line; added to the corpus
    python scripts/record_console.py --again               # every expression of the corpus is asked once more

The corpus is tests/sources/terraform/data/console.json; the files that expressions read are beside it, in `files`. An
answer is never written by hand. Where ours differs, the test that reads the corpus says so until the evaluator is
mended, or until the difference is argued there.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.sources.terraform.console import COMMAND, CORPUS, agrees, ask, write_files  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--again", action="store_true")
    options = parser.parse_args()
    if COMMAND is None:
        print("the terraform command is not installed", file=sys.stderr)
        return 2
    recorded = json.loads(CORPUS.read_text())
    texts = list(recorded) if options.again else [line.strip() for line in sys.stdin if line.strip()]
    with tempfile.TemporaryDirectory() as place:
        write_files(pathlib.Path(place))
        answers = ask(texts, pathlib.Path(place))
    for text, answer in zip(texts, answers, strict=True):
        recorded[text] = answer
        if not agrees(text, answer):
            print(f"ours differs: {text} -> {answer}")
    CORPUS.write_text(json.dumps(dict(sorted(recorded.items())), indent=0, ensure_ascii=False) + "\n")
    print(f"{len(texts)} asked, {len(recorded)} recorded")
    return 0


if __name__ == "__main__":
    sys.exit(main())
