"""What a workload reaches over the network, and whose password a principal can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nephograph.engines.facts import EstateFacts
from nephograph.engines.predicates.declare import Args, bound, evidence, fact, name, predicate
from nephograph.model.facts import Fact
from nephograph.model.resource import Class, Resource
from nephograph.model.value import CLOSE, OPEN, Unknown
from nephograph.model.verdict import Verdict, all_of, any_of, depends, no, yes

_NFS = 2049
_PORTS = {"postgres": 5432, "aurora-postgresql": 5432, "oracle": 1521, "sqlserver": 1433, "db2": 50000}
"""Where engines listen when no port is said; all others as MySQL does.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
"""
_MYSQL = 3306
_DATABASES = ("aws_db_instance", "aws_rds_cluster", "aws_redshift_cluster")


@predicate(2)
def knows_password(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The principal may read the secret in which AWS keeps the password of the database's administrator.

    Its name begins with the database's service and is made by AWS; where no key is named, AWS's own encrypts it.
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
    https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html
    """
    assert args[0] is not None, "who reads is always said"
    reader = facts.resource(args[0])
    for kind in _DATABASES if reader is not None and reader.cls is Class.PRINCIPAL else ():
        for database in bound(facts, args[1], facts.resources(kind)):
            yield fact("knows_password", args[0], database.urn, verdict=_read(facts, args[0], database))


_READ = "secretsmanager:GetSecretValue"


def _read(facts: EstateFacts, who: str, database: Resource) -> Verdict:
    held = facts.attached(database, "has_password", "aws_secretsmanager_secret")
    if held:
        decrypts = [one.verdict for one in facts.query("can_decrypt", (who, held[0].urn))]
        return all_of((facts.can(who, _READ, held[0]).verdict, any_of(decrypts)))
    said = database.get("managed_password")
    if said is not True and not isinstance(said, Unknown):
        return no()
    some = facts.can(who, _READ, "*").verdict
    if not some.possible:
        return some
    if said is not True or not database.arn:
        return all_of((some, depends(f"where the password of {name(database)} is kept")))
    parts = database.arn.split(":")
    secret = f"{':'.join((parts[0], parts[1], 'secretsmanager', *parts[3:5]))}:secret:{_PREFIX[database.kind]}"
    may = facts.identity.can(who, _READ, f"{secret}{OPEN}id of {database.address}{CLOSE}").verdict
    return all_of((may, yes(evidence(f"AWS keeps the password of {name(database)}", database, "managed_password"))))


_PREFIX = {"aws_db_instance": "rds!db-", "aws_rds_cluster": "rds!cluster-", "aws_redshift_cluster": "redshift!"}


@predicate(3)
def connects(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """A packet of the workload reaches the database on its port, and the answer comes back."""
    workload = facts.resource(args[0]) if args[0] is not None else None
    assert args[0] is not None, "who connects is always said"
    databases = [one for kind in _DATABASES for one in facts.resources(kind)]
    if workload is None or workload.cls not in (Class.COMPUTE, Class.FUNCTION, Class.CONTAINER):
        return
    for database in bound(facts, args[1], databases):
        port = _port(database)
        if args[2] in (None, f"tcp/{port}"):
            verdict = _reached(facts, workload, database, port)
            yield fact("connects", workload.urn, database.urn, f"tcp/{port}", verdict=verdict)


def _port(database: Resource) -> int:
    said = database.get("port")
    if isinstance(said, int | float):
        return int(said)
    if database.kind == "aws_redshift_cluster":
        return 5439
    engine = str(database.get("engine"))
    return next((port for word, port in _PORTS.items() if engine.startswith(word)), _MYSQL)


def _reached(facts: EstateFacts, workload: Resource, goal: Resource, port: int) -> Verdict:
    """Asked of the packet tracer; where one of both has no interface in the data, it depends."""
    from nephograph.engines.tracer.ends import of_resource
    from nephograph.engines.tracer.question import Question, put

    source, target = of_resource(facts.ground, workload), of_resource(facts.ground, goal)
    told = f"whether {name(workload)} reaches {name(goal)} on tcp/{port}"
    if not source or not target:
        return depends(told)
    found = put(facts.ground, Question(tuple(source), tuple(target), "tcp", (port, port)))
    if found.verdict == "yes":
        groups: Sequence[Resource] = facts.attached(goal, "has_security_group")
        every = [(group, at, rule) for group in groups for at, rule in enumerate(group.get("ingress") or ())]
        rules = [(group, at) for group, at, rule in every if _of(rule, port)]
        proofs = [evidence(f"{name(workload)} reaches {name(goal)} on tcp/{port}", goal)]
        if len(rules) == 1:
            proofs = [evidence(proofs[0].text, rules[0][0], "ingress", rules[0][1])]
        return yes(*proofs)
    if found.verdict == "no":
        return no(evidence(f"{name(workload)} does not reach {name(goal)} on tcp/{port}", goal))
    return depends(*found.depends_on or (told,))


def _of(rule: object, port: int) -> bool:
    """Is the rule of a group about TCP to this port?"""
    if not isinstance(rule, dict) or rule.get("protocol") not in ("tcp", "all", "6"):
        return False
    low, high = rule.get("from_port"), rule.get("to_port")
    whole = rule.get("protocol") == "all" or not isinstance(low, int | float) or not isinstance(high, int | float)
    return whole or low <= port <= high  # type: ignore[operator]


@predicate(2)
def mounts(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The workload can mount the file system: the network lets it, and no policy asks for an identity.

    https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
    """
    workload = facts.resource(args[0]) if args[0] is not None else None
    assert args[0] is not None, "who mounts is always said"
    if workload is None or workload.cls not in (Class.COMPUTE, Class.FUNCTION, Class.CONTAINER):
        return
    for system in bound(facts, args[1], facts.resources("aws_efs_file_system")):
        targets = facts.holders(system, "serves", "aws_efs_mount_target")
        reached = any_of(_reached(facts, workload, one, _NFS) for one in targets)
        if reached.possible:
            open_ = yes(evidence(f"{name(system)} has no policy: whoever reaches it mounts it", system, "policy"))
            if system.get("policy") is not None:
                open_ = depends(f"whether the policy of {name(system)} lets {name(workload)} mount it")
            yield fact("mounts", workload.urn, system.urn, verdict=all_of((reached, open_)))
