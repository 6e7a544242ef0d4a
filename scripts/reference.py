"""Writes docs/reference/ from the code. `--check` only says whether it is current (exit 1 when not)."""

from __future__ import annotations

import os
import pathlib
import re
import sys

import click
import msgspec

from nephograph.catalog.language import Field
from nephograph.catalog.registry import INDEX, Indexed, files, folder, index, kind, kind_names
from nephograph.engines.predicates import predicates
from nephograph.library import topics
from nephograph.library.changes import changes
from nephograph.library.changes.declare import Cost
from nephograph.library.combinations import combinations
from nephograph.library.dependencies import needs
from nephograph.library.escalations import escalations
from nephograph.library.registry import all_checks, prose, step_rules
from nephograph.library.sdk import Check
from nephograph.library.words import meaning, words
from nephograph.render import Style, describe, formats, render
from nephograph.session import open_estate
from nephograph.surfaces.cli.main import cli

ROOT = pathlib.Path(__file__).resolve().parents[1]
HERE = ROOT / "docs" / "reference"
NOTE = "<!-- Written by `make docs` from the code; do not edit. -->\n\n"


def checks() -> str:
    """One section a check."""
    lines = ["# Checks", ""]
    every = all_checks()
    lines += ["## Topics", "", *(f"- `{topic}`: {topics.about(topic)}" for topic in topics.topics()), ""]
    lines += ["## All", "", "| code | severity | topics | looks at |", "|---|---|---|---|"]
    lines += [f"| [{c.code}](#{c.code}) | {c.severity} | {', '.join(c.topics)} | {looks_at(c)} |" for c in every]
    for check in every:
        written = prose(check)
        about = ", ".join(f"[{topic}](#topics)" for topic in check.topics)
        lines += ["", f"## {check.code}", "", f"**{written.title}.** {check.severity}, about {about}.", ""]
        lines += [written.what, "", f"*Why it matters.* {written.why}", ""]
        for title, examples in (("Bad", written.bad), ("Good", written.good)):
            for language, codes in examples.items():
                for code in codes:
                    lines += [f"{title}:", "", f"```{language}", code.rstrip(), "```", ""]
        lines += [f"*Fix.* {written.fix}", ""]
        if check.tools:
            lines += [f"Other tools call it: {', '.join(check.tools)}.", ""]
        lines += [f"- <{page}>" for page in written.references]
    return "\n".join(lines) + "\n"


def looks_at(check: Check) -> str:
    """A kind as code, or the words for many kinds."""
    return check.looks_at if check.field else f"`{check.kind}`"


def kinds() -> str:
    """One section a kind."""
    lines = [
        "# Kinds",
        "",
        f"{len(kind_names())} kinds. Any other type is kept as a generic node: counted, named, shown.",
        "",
    ]
    for name in kind_names():
        declared = kind(name)
        lines += [
            f"## {name}",
            "",
            f"`{declared.native}`, class `{declared.cls}`. "
            f"Named by {', '.join(f'`{k}`' for k in declared.identity) or 'its spelling'}.",
            "",
        ]
        lines += ["| field | type | default |", "|---|---|---|", *_fields(declared.fields), ""]
        if declared.links:
            lines += ["Edges: " + ", ".join(f"`{link.kind}` ({link.path})" for link in declared.links) + ".", ""]
        for spelling in declared.spellings:
            part = f", a part of the owner named by `{spelling.part_of}`" if spelling.part_of else ""
            lines.append(f"- {spelling.dialect}: `{spelling.type}`{part}")
        lines.append("")
    return "\n".join(lines)


def kinds_index() -> str:
    """Which kinds each type speaks of, so that a run need not import them all to know."""
    return msgspec.json.format(msgspec.json.encode(Indexed(index(), files())), indent=1).decode() + "\n"


def _fields(fields: dict[str, Field], prefix: str = "") -> list[str]:
    rows = []
    for name, field in fields.items():
        default = "" if field.default is None else f"`{field.default}`" + (f" ({field.since})" if field.since else "")
        type_ = field.type + (f" to {', '.join(field.refers)}" if field.refers else "")
        rows.append(f"| {prefix}{name} | {type_} | {default} |")
        rows += _fields(field.fields, f"{prefix}{name}.")
    return rows


def steps() -> str:
    """Step rules and the predicates they ask."""
    lines = ["# Steps of attack paths", ""]
    for rule in step_rules():
        lines += [f"## {rule.name}", "", f"{rule.says}.", "", "```"]
        lines += [f"{rule.then} ⟸ " + ",\n    ".join(str(atom) for atom in rule.when), "```", ""]
        lines += [f"ATT&CK: {', '.join(rule.techniques)}.", "", *(f"- <{page}>" for page in rule.references), ""]
    lines += ["# Predicates", "", "| predicate | arguments | means |", "|---|---|---|"]
    lines += [f"| `{p.name}` | {p.arity} | {p.meaning.splitlines()[0]} |" for _, p in sorted(predicates().items())]
    return "\n".join(lines) + "\n"


def toxic() -> str:
    """The toxic combinations: facts that are harmless one by one."""
    lines = ["# Toxic combinations", "", "Facts that are harmless one by one, found by `neph check` and `neph paths`."]
    for one in combinations():
        facts = ",\n".join(str(atom) for atom in one.when)
        lines += ["", f"## {one.code}", "", f"{one.title} ({one.severity}): {one.says}.", "", "```", facts, "```", ""]
        lines += [f"Fix: {one.help}.", "", *(f"- <{page}>" for page in one.references)]
    return "\n".join(lines) + "\n"


def paths_of_escalation() -> str:
    """The documented escalation paths: what each asks for, needs and yields."""
    lines = [
        "# Escalation paths",
        "",
        "Ids are those of pathfinding.cloud (DataDog, Apache-2.0). `neph escalate` walks them on effective",
        "permissions, `neph check` and `neph paths` take them as steps.",
        "",
        "| path | is | permissions | needs | yields |",
        "|---|---|---|---|---|",
    ]
    for one in escalations():
        asked = "<br>".join(f"`{action}`" for action in one.permissions)
        lines.append(f"| {one.id} | {one.title} | {asked} | {'; '.join(one.needs) or '-'} | {one.yields} |")
    return "\n".join(lines) + "\n"


def commands() -> str:
    """The help of every command."""
    context = click.Context(cli, info_name="neph", max_content_width=100, terminal_width=100)
    lines = [
        "# Commands",
        "",
        "`nephograph` and `neph` are the same command.",
        "",
        "```",
        cli.get_help(context),
        "```",
        "",
    ]
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context, max_content_width=100, terminal_width=100)
        lines += [f"## {name}", "", "```", command.get_help(inner), "```", ""]
    lines += ["## Formats", "", *(f"- `{name}`: {describe(name)}" for name in formats()), ""]
    return "\n".join(lines)


def glossary() -> str:
    """Codes of errors and gaps."""
    lines = ["# Codes of errors and gaps", ""]
    for word in words():
        lines += [f"## {word}", "", meaning(word) or "", ""]
    return "\n".join(lines)


def dependencies() -> str:
    """What stops without what, as `neph lose` follows it."""
    lines = [
        "# Dependencies",
        "",
        "What `neph lose` follows. Every resource needs its account and, unless its service is global, its region.",
        "",
        "| thing | keeps | needs | by | since |",
        "|---|---|---|---|---|",
    ]
    for one in needs():
        how = one.how if isinstance(one.how, str) else f"it depends: {(one.how.__doc__ or '').strip().rstrip('.')}"
        by = ", ".join(" → ".join(chain) for chain in one.to)
        only = f" ({', '.join(one.kinds)})" if one.kinds else ""
        says = f"[{one.says}]({one.reference})" if one.reference else one.says
        lines.append(f"| `{one.kind}` | {one.aspect} | {how} | `{by}`{only} | {says} |")
    lines += ["", "`~` walks an edge backwards; `zone:field` names availability zones."]
    return "\n".join(lines) + "\n"


def edits() -> str:
    """The edits that end steps of attacks."""
    lines = [
        "# Changes",
        "",
        "What `neph chokes` and `neph fix` may edit to end a step of an attack. Costs: "
        + ", ".join(f"{cost.says} {int(cost)}" for cost in Cost)
        + ".",
        "",
        "| kind | field | change | costs |",
        "|---|---|---|---|",
    ]
    for one in changes():
        field = f"{one.field} with {one.has}" if one.has else one.field
        title = f"[{one.title}]({one.reference})" if one.reference else one.title
        lines.append(f"| `{one.kind}` | `{field}` | {title.replace('{thing}', '…')} | {one.cost.says} |")
    return "\n".join(lines) + "\n"


PAGES = {
    "dependencies.md": dependencies,
    "changes.md": edits,
    "checks.md": checks,
    "kinds.md": kinds,
    "steps.md": steps,
    "combinations.md": toxic,
    "escalations.md": paths_of_escalation,
    "commands.md": commands,
    "codes.md": glossary,
}


def demo(format_: str) -> str:
    """What `neph demo` prints, as a reader of the README would see it."""
    os.chdir(ROOT)
    answer = open_estate(["examples/shop"], today="2026-01-01").ask("paths")
    wanted = [path for path in answer.paths if "internet" in path.entry.urn and "customer" in path.target.label]
    if format_ == "svg":
        return render("svg", answer, Style())
    return render("table", msgspec.structs.replace(answer, paths=tuple(wanted)), Style(width=100))


def readme() -> str:
    """The README with the demo's real words between its marks, and the figures of today in front of its links."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for page, count in (("kinds", len(kind_names())), ("steps", len(step_rules())), ("checks", len(all_checks()))):
        text = re.sub(rf"\[\d+( [a-z ]+)?\]\((docs/reference/{page}\.md)\)", rf"[{count}\1](\2)", text)
    start, end = text.index("<!-- demo:"), text.index("<!-- /demo -->")
    start = text.index("\n", start) + 1
    return text[:start] + "\n```\n" + demo("table").rstrip() + "\n```\n\n" + text[end:]


def main() -> int:
    """Write the pages, or say which are not current."""
    stale = []
    HERE.mkdir(parents=True, exist_ok=True)
    texts = {HERE / name: NOTE + page().rstrip() + "\n" for name, page in PAGES.items()}
    texts |= {ROOT / "docs" / "demo.svg": demo("svg"), ROOT / "README.md": readme()}
    texts[folder() / INDEX] = kinds_index()
    for file, text in texts.items():
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            stale.append(file.name)
            if "--check" not in sys.argv:
                file.write_text(text, encoding="utf-8")
    if "--check" in sys.argv and stale:
        print(f"not current: {', '.join(stale)}; run `make docs`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
