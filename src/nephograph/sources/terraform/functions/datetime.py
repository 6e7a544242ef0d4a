"""Dates and times: RFC 3339 in, no clock."""

from __future__ import annotations

import datetime
import re

from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.functions.registry import function
from nephograph.sources.terraform.values import EvaluationError, describe

_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)", re.ASCII)
_DURATION = re.compile(r"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)")
_UNITS = {"ns": 1, "us": 10**3, "µs": 10**3, "μs": 10**3, "ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9}
_TOKEN = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'")
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905


@function("timestamp()")
def timestamp() -> Unknown:
    """The time of the apply."""
    return Unknown(Reason.AFTER_APPLY, "timestamp()")


@function("plantimestamp()")
def plantimestamp() -> Unknown:
    """The time of the plan."""
    return Unknown(Reason.AFTER_APPLY, "plantimestamp()")


def _parsed(text: str) -> tuple[datetime.datetime, int]:
    """The time and its nanoseconds within the second."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise EvaluationError(f"{describe(text)} is not a time such as 2006-01-02T15:04:05Z")
    *numbers, fraction, zone = match.groups()
    offset = 0
    if zone != "Z":
        offset = (int(zone[1:3]) * 60 + int(zone[4:6])) * (-1 if zone[0] == "-" else 1)
    try:
        where = datetime.timezone(datetime.timedelta(minutes=offset))
        moment = datetime.datetime(*map(int, numbers), tzinfo=where)  # type: ignore[misc, arg-type]
    except ValueError:
        raise EvaluationError(f"{describe(text)} is not a time") from None
    return moment, int((fraction or "").ljust(9, "0"))


@function("timecmp(string, string)")
def timecmp(left: str, right: str) -> int:
    """-1, 0 or 1 for earlier, the same, later."""
    (a, a_nanos), (b, b_nanos) = _parsed(left), _parsed(right)
    return ((a, a_nanos) > (b, b_nanos)) - ((a, a_nanos) < (b, b_nanos))


@function("timeadd(string, string)")
def timeadd(text: str, duration: str) -> str:
    """A time with a duration such as 1h30m added."""
    moment, nanos = _parsed(text)
    total = nanos + _nanoseconds(duration)
    try:
        moment += datetime.timedelta(seconds=total // 10**9)
    except OverflowError:
        raise EvaluationError("the time is out of range") from None
    # Terraform gives whole seconds.
    zone = moment.strftime("%z")
    zone = "Z" if zone == "+0000" else f"{zone[:3]}:{zone[3:]}"
    return f"{moment.year:04}-{moment.month:02}-{moment.day:02}T{moment.strftime('%H:%M:%S')}{zone}"


def _nanoseconds(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    rest = text[1:] if text[:1] in ("-", "+") else text
    if rest == "0":
        return 0
    total = at = 0
    for match in _DURATION.finditer(rest):
        if match.start() != at or len(match.group(1)) > 20:
            break
        whole, _, fraction = match.group(1).partition(".")
        unit = _UNITS[match.group(2)]
        total += int(whole or 0) * unit + int(fraction or 0) * unit // 10 ** len(fraction)
        at = match.end()
    if not rest or at != len(rest):
        raise EvaluationError(f"{describe(text)} is not a duration such as 1h30m")
    if total >= 1 << 63:
        raise EvaluationError("the duration is out of range")
    return sign * total


@function("formatdate(string, string)")
def formatdate(layout: str, text: str) -> str:
    """A time in a layout of letters: YYYY MM DD hh mm ss, MMM, EEE, AA, Z …; quotes hold literal text."""
    moment, _ = _parsed(text)
    out = []
    for match in _TOKEN.finditer(layout):
        token = match.group()
        if match.group(2):
            out.append(_date_part(token, moment))
        elif token == "'":
            raise EvaluationError("a quote in the layout is not closed")
        elif token[0] == "'":
            out.append(match.group(1).replace("''", "'") or "'")
        else:
            out.append(token)
    return "".join(out)


def _date_part(token: str, moment: datetime.datetime) -> str:
    hour = moment.hour % 12 or 12
    half = "AM" if moment.hour < 12 else "PM"
    zone = moment.strftime("%z")
    is_utc = zone == "+0000"
    parts = {
        "YYYY": f"{moment.year:04}",
        "YY": f"{moment.year % 100:02}",
        "M": str(moment.month),
        "MM": f"{moment.month:02}",
        "MMM": _MONTHS[moment.month - 1][:3],
        "MMMM": _MONTHS[moment.month - 1],
        "D": str(moment.day),
        "DD": f"{moment.day:02}",
        "EEE": _DAYS[moment.weekday()][:3],
        "EEEE": _DAYS[moment.weekday()],
        "h": str(moment.hour),
        "hh": f"{moment.hour:02}",
        "H": str(hour),
        "HH": f"{hour:02}",
        "AA": half,
        "aa": half.lower(),
        "m": str(moment.minute),
        "mm": f"{moment.minute:02}",
        "s": str(moment.second),
        "ss": f"{moment.second:02}",
        "Z": "Z" if is_utc else f"{zone[:3]}:{zone[3:]}",
        "ZZZ": "UTC" if is_utc else zone,
        "ZZZZ": zone,
        "ZZZZZ": f"{zone[:3]}:{zone[3:]}",
    }
    if token not in parts:
        raise EvaluationError(f"{describe(token)} is not a part of a date layout")
    return parts[token]
