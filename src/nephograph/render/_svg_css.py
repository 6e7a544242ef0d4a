"""The style sheet of a picture, for a light and for a dark page."""

from __future__ import annotations

from nephograph.render._icons import HUES

_SANS = 'ui-sans-serif,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans","Liberation Sans",sans-serif'
_MONO = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace'

_COMMON = (
    f"text{{font-family:{_SANS}}}"
    ".title{font-size:17px;font-weight:650}.name{font-size:14px;font-weight:600}"
    ".caption,.legend{font-size:11px}.caption{font-weight:500}"
    f".label{{font-size:11.5px;font-family:{_MONO}}}"
    ".pilltext{font-size:10.5px;font-weight:650}"
    ".icon{fill:none;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}"
    ".wire{fill:none;stroke-width:1.7;stroke-linecap:round}"
    ".wire.depends{stroke-dasharray:2 5;stroke-width:2}"
    ".wire.drop{stroke-dasharray:1 4}.box.block{stroke-width:2}"
    ".tag.depends{stroke-dasharray:3 3}.box.drop{stroke-dasharray:5 4}"
    ".box.target,.box.choke{stroke-width:1.8}.halo{stroke:none}"
)


def _theme(dark: int) -> str:
    """The rules that differ between the themes; `dark` is 0 or 1."""
    page, edge, box, border = [
        ("#ffffff", "#e2e8f0", "#ffffff", "#cbd5e1"),
        ("#0d1117", "#30363d", "#161b22", "#3d444d"),
    ][dark]
    ink, faint, wire, tag = [
        ("#0f172a", "#475569", "#64748b", "#f8fafc"),
        ("#e6edf3", "#9da7b3", "#8b949e", "#0d1117"),
    ][dark]
    red, amber, on = [("#dc2626", "#b45309", "#ffffff"), ("#f87171", "#fbbf24", "#0d1117")][dark]
    rules = [
        f".page{{fill:{page};stroke:{edge}}}.box{{fill:{box};stroke:{border}}}",
        f".title,.name{{fill:{ink}}}.label{{fill:{ink}}}.legend{{fill:{faint}}}",
        f".wire{{stroke:{wire}}}.head{{fill:{wire}}}.tag{{fill:{tag};stroke:{edge}}}",
        f".wire.depends{{stroke:{amber}}}.head-depends{{fill:{amber}}}.tag.depends{{stroke:{amber}}}",
        f".icon{{stroke:{on}}}.pilltext{{fill:{on}}}",
        f".pill.entry{{fill:{ink}}}.pilltext.entry{{fill:{page}}}.pill.drop{{fill:{faint}}}",
        f".pill.target{{fill:{red}}}.box.target{{stroke:{red}}}.halo.target{{fill:{red};fill-opacity:.12}}",
        f".pill.choke{{fill:{amber}}}.box.choke{{stroke:{amber}}}.halo.choke{{fill:{amber};fill-opacity:.16}}",
        f".box.entry{{stroke:{ink}}}",
        f".wire.drop{{stroke:{red}}}.head-drop{{fill:{red}}}.tag.drop{{stroke:{red}}}",
        f".pill.block{{fill:{red}}}.box.block{{stroke:{red}}}",
    ]
    rules += [f".hue-{name} .plate{{fill:{c[dark]}}}.hue-{name} .caption{{fill:{c[dark]}}}" for name, c in HUES.items()]
    return "".join(rules)


CSS = f"{_COMMON}{_theme(0)}@media(prefers-color-scheme:dark){{{_theme(1)}}}"
"""All rules; classes only, so that renderers without media queries show the light theme."""


def _trail_theme(dark: int) -> str:
    edge, faint, ink = [("#cbd5e1", "#475569", "#0f172a"), ("#3d444d", "#9da7b3", "#e6edf3")][dark]
    shades = [("#f8fafc", "#eff6ff", "#f0fdf4", "#fefce8"), ("#11161d", "#0f1b2d", "#0f2117", "#221f0d")][dark]
    red, green, amber = [("#dc2626", "#15803d", "#b45309"), ("#f87171", "#4ade80", "#fbbf24")][dark]
    page = ["#ffffff", "#0d1117"][dark]
    rules = [f".depth-{at}{{fill:{shade}}}" for at, shade in enumerate(shades)]
    rules += [
        f".around{{stroke:{edge}}}.around-title{{fill:{faint}}}.leg,.told{{fill:{ink}}}.place{{fill:{faint}}}",
        f".arrow{{fill:{faint}}}.wire.step.drop{{stroke:{red}}}.arrow.drop{{fill:{red}}}",
        f".box.drop{{stroke:{red};fill-opacity:1}}.pill.drop{{fill:{red}}}.pilltext.drop{{fill:{page}}}",
        f".box.target{{stroke:{green}}}.pill.target{{fill:{green}}}.pilltext.target{{fill:{page}}}",
        f".box.depends{{stroke:{amber}}}.pill.depends{{fill:{amber}}}.pilltext.depends{{fill:{page}}}",
    ]
    return "".join(rules)


TRAIL_CSS = (
    ".leg{font-size:14px;font-weight:650}.told{font-size:13px}.around{stroke-width:1}.box.drop{stroke-width:2.2}"
    f"{_trail_theme(0)}@media(prefers-color-scheme:dark){{{_trail_theme(1)}}}"
)
"""What a trail needs beside."""
