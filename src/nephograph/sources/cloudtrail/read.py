"""From files to usage: every event is read once, tallied and forgotten."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Sequence

import msgspec

from nephograph.model.errors import Problem
from nephograph.model.events import Call, Circumstance, Named, Namer, Outcome, Usage
from nephograph.model.source import Gap, Progress
from nephograph.model.span import Span
from nephograph.sources.cloudtrail.actors import actor, mfa, via
from nephograph.sources.cloudtrail.files import delivered, is_wanted
from nephograph.sources.cloudtrail.record import (
    Identity,
    Record,
    agent_class,
    decoded,
    is_denied,
    is_digest,
    parameters,
    seconds,
)
from nephograph.sources.cloudtrail.records import records
from nephograph.sources.cloudtrail.sessions import Sessions
from nephograph.sources.cloudtrail.streams import CutError, pieces
from nephograph.sources.cloudtrail.tally import Tally
from nephograph.sources.json_files import Entry, Files

_BESIDE = {
    "digest": ("digest-file", "lists the hashes of log files and holds no events"),
    "insight": ("insight-events", "tells of unusual rates of calls, not of calls"),
    "aggregated": ("aggregated-events", "counts calls without saying what each acted on"),
}
_SKIPPED = {
    "Insight": "insight-events",
    "NetworkActivity": "network-activity-events",
    "Aggregated": "aggregated-events",
}
_WHY = {
    "insight-events": "tell of unusual rates of calls, not of calls",
    "network-activity-events": "tell of calls that passed a VPC endpoint, which are events of their own, too",
    "aggregated-events": "count calls without saying what each acted on",
    "service-events": "were done by AWS without a call of anybody",
    "unknown-operation": "no permission of this name is known: the name itself is taken for one",
}
_MANY = 100_000
"""Identities and circumstances that are remembered as they were spelled."""
_MAX_OPERATIONS = 10_000
_REMEMBERED, _LONGEST_REMEMBERED = 20_000, 2048
"""Requests that are remembered with what they act on: most of a log is the same few calls, again and again."""


def read_events(paths: Sequence[tuple[pathlib.Path, str]], namer: Namer, progress: Progress) -> Usage:
    """Tally every event at or below the paths (each with how people call it)."""
    reading = _Reading(namer)
    for path, shown in paths:
        files = Files(path, shown)
        entries = files.entries(is_wanted, lambda name, head: bool(head) or True)
        for done, entry in enumerate(entries):
            progress("reading events", done, len(entries))
            reading.file(entry)
        reading.problems += files.problems
        reading.gaps += files.gaps
    return reading.usage()


class _Reading:
    """One run over all files."""

    def __init__(self, namer: Namer) -> None:
        self.problems: list[Problem] = []
        self.gaps: list[Gap] = []
        self._namer = namer
        self._tally = Tally(namer)
        self._sessions = Sessions()
        self._who: dict[tuple[str | None, ...], int] = {}
        self._where: dict[tuple[str | None, ...], int] = {}
        self._named: dict[tuple[object, ...], Sequence[Named]] = {}
        self._skipped: dict[str, int] = {}
        self._unknown: dict[str, int] = {}
        self._sign_ins: dict[int, int] = {}
        self._events = self._files = self._read = 0
        self._first = self._last = 0

    # -- files ---------------------------------------------------------------------------------------------------

    def file(self, entry: Entry) -> None:
        """Read one file."""
        name = entry.shown.rpartition("/")[2]
        beside = _BESIDE.get(delivered(name))
        if beside is not None:
            self.gaps.append(Gap(beside[0], entry.shown, f"the file {beside[1]}"))
            return
        broken = found = 0
        try:
            for data in records(self._counted(entry)):
                record = None if data is None else decoded(data)
                if record is None:
                    if data is not None and not found and is_digest(data):
                        self.gaps.append(Gap("digest-file", entry.shown, f"the file {_BESIDE['digest'][1]}"))
                        return
                    broken += 1
                elif self._record(record):
                    found += 1
                else:
                    broken += 1
        except CutError as error:
            told = f"{entry.shown}: {error}; {found:,} events before it were read."
            self.problems.append(_problem(Problem("events-cut", told, error.help), entry))
        except OSError as error:
            why = (error.strerror or "input/output error").lower()
            told = f"{entry.shown} cannot be read ({why})."
            self.problems.append(_problem(Problem("unreadable", told, "check the file system, or leave it out"), entry))
            return
        self._files += 1
        if broken and not found:
            self.gaps.append(Gap("no-events", entry.shown, "holds no record of CloudTrail", count=broken))
        elif broken:
            self.gaps.append(Gap("malformed-event", entry.shown, "is no record of CloudTrail", count=broken))

    def _counted(self, entry: Entry) -> Iterator[bytes]:
        for piece in pieces(entry.real):
            self._read += len(piece)
            yield piece

    # -- records -------------------------------------------------------------------------------------------------

    def _record(self, record: Record) -> bool:
        """Tally one event; False for one whose time is none."""
        time = seconds(record.event_time)
        if time is None:
            return False
        skipped = _SKIPPED.get(record.event_category or "")
        if skipped is None and record.event_type in ("AwsServiceEvent", "AwsCloudTrailInsight"):
            skipped = "service-events" if record.event_type == "AwsServiceEvent" else "insight-events"
        if skipped is not None:
            self._skipped[skipped] = self._skipped.get(skipped, 0) + 1
            return True
        identity = record.user_identity
        who = self._actor(identity, record)
        self._events += 1
        self._first = min(self._first or time, time)
        self._last = max(self._last, time)
        self._tally.day(who, time)
        self._sessions.used(identity, who, time)
        if record.event_type in ("AwsConsoleSignIn", "AwsConsoleAction"):
            if record.event_type == "AwsConsoleSignIn" and not record.error_code:
                self._sign_ins[who] = max(self._sign_ins.get(who, 0), time)
            return True
        self._sessions.opened(record, who)
        self._call(record, who, time)
        return True

    def _call(self, record: Record, who: int, time: int) -> None:
        identity = record.user_identity
        account = (identity.account_id if identity else None) or record.recipient_account_id or ""
        resources = tuple(one.arn for one in record.resources or () if one.arn)
        asked = bytes(record.request_parameters)
        key = (record.event_source, record.event_name, record.aws_region, account, resources, asked)
        every = self._named.get(key)
        if every is None:
            service, region = record.event_source.partition(".")[0][:64], record.aws_region or ""
            call = Call(service, record.event_name[:128], region, account, parameters(asked), resources)
            every = self._namer.name(call)
            if len(asked) <= _LONGEST_REMEMBERED:
                if len(self._named) >= _REMEMBERED:
                    self._named.clear()
                self._named[key] = every
        code = record.error_code
        outcome: Outcome = "used" if not code else "denied" if is_denied(code) else "failed"
        circumstance = self._circumstance(record, identity)
        for named in every:
            if not named.known and (named.action in self._unknown or len(self._unknown) < _MAX_OPERATIONS):
                self._unknown[named.action] = self._unknown.get(named.action, 0) + 1
            if named.implied and outcome == "denied":
                continue
            for resource in named.resources:
                end: Outcome = "implied" if named.implied else outcome
                self._tally.add(who, named.action, resource, circumstance, end, time)

    def _actor(self, identity: Identity | None, record: Record) -> int:
        session = identity.session_context if identity else None
        issuer = session.session_issuer if session else None
        key = (
            (
                identity.type,
                identity.arn if issuer is None or not issuer.arn else None,
                issuer.arn if issuer else None,
                identity.account_id,
                identity.user_name,
                identity.invoked_by,
                identity.principal_id if identity.arn is None else None,
            )
            if identity
            else ()
        )
        found = self._who.get(key)
        if found is None:
            if len(self._who) >= _MANY:
                self._who.clear()
            found = self._who[key] = self._tally.actor(actor(identity, record.source_ip or ""))
        return found

    def _circumstance(self, record: Record, identity: Identity | None) -> int:
        key = (
            record.aws_region,
            record.source_ip,
            record.vpc_endpoint_id,
            agent_class((record.user_agent or "")[:256]),
            via(identity),
            mfa(identity),
        )
        found = self._where.get(key)
        if found is None:
            if len(self._where) >= _MANY:
                self._where.clear()
            region, address, endpoint, agent, by, factor = key
            told = Circumstance(
                (region or "")[:64], (address or "")[:256], agent or "", (endpoint or "")[:64], by or "", factor or ""
            )
            found = self._where[key] = self._tally.circumstances.number(told)
        return found

    # -- what came of it -----------------------------------------------------------------------------------------

    def usage(self) -> Usage:
        """Everything that was read."""
        tally = self._tally
        gaps = list(self.gaps)
        gaps += [Gap(kind, f"{count:,} events", _WHY[kind], count=count) for kind, count in self._skipped.items()]
        gaps += [
            Gap("unknown-operation", name, _WHY["unknown-operation"], count=count)
            for name, count in sorted(self._unknown.items())
        ]
        if tally.folded:
            why = "acted on more things than are kept one by one: they are told by what holds them"
            gaps.append(Gap("folded-events", f"{tally.folded:,} events", why, count=tally.folded))
        if tally.lost or self._sessions.left_out:
            count = tally.lost + self._sessions.left_out
            gaps.append(Gap("uncounted-events", f"{count:,} events", "are beyond what one run keeps", count=count))
        return Usage(
            actors=tally.actors.all,
            actions=tally.actions.all,
            resources=tally.resources.all,
            circumstances=tally.circumstances.all,
            columns=tally.columns,
            days=tally.days,
            chains=self._sessions.chains(tally.actors.all),
            problems=self.problems,
            gaps=gaps,
            events=self._events,
            files=self._files,
            read=self._read,
            first=self._first,
            last=self._last,
            sign_ins=self._sign_ins,
            unknown=self._unknown,
        )


def _problem(problem: Problem, entry: Entry) -> Problem:
    return msgspec.structs.replace(problem, span=Span(entry.shown, 1, 1, 1, 1))
