"""Search domain that anybody may search.

## What
The domain has a public endpoint, and its policy lets a request without any AWS identity search it. The verdict is the
identity engine's; a domain in a VPC is quiet.

## Why
Domains like that are found by scanners within hours. High: it hands out data to anybody who finds it; critical
where anybody may write, too.

## Bad
```hcl
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "es:ESHttpGet"
      Resource  = "arn:aws:es:eu-west-1:111122223333:domain/logs/*"
    }]
  })
}
```

## Good
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "es:ESHttpGet"
      Resource  = "arn:aws:es:eu-west-1:111122223333:domain/logs/*"
    }]
  })
  vpc_options {
    subnet_ids         = ["subnet-11111111"]
    security_group_ids = ["sg-11111111"]
  }
}
```
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/search" }
      Action    = "es:ESHttpGet"
      Resource  = "arn:aws:es:eu-west-1:111122223333:domain/logs/*"
    }]
  })
}
```

## Fix
Name the roles that may search, or put the domain into a VPC.

## References
- https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html
"""

from collections.abc import Iterator

from nephograph.library.policies.actions import grants
from nephograph.library.policies.documents import Document, carried
from nephograph.library.sdk import Bad, check
from nephograph.library.search_domains import outside_network
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, Verdict, all_of, any_of, depends, no, yes


def _inside(domain: Resource, action: str) -> Verdict:
    """What lies in a domain (`domain/logs/*`) is no resource of its own: its policy alone is asked, without denials."""
    for policy in carried(domain):
        statements = policy.document.statements if isinstance(policy.document, Document) else ()
        denied = any(statement.effect == "Deny" for statement in statements)
        for statement in statements:
            open_ = statement.effect == "Allow" and statement.everybody and not statement.conditions
            if open_ and grants(statement, action) is not None:
                fact = Evidence.at(f"{statement.words} allows it to everybody", domain, (*policy.path, *statement.path))
                return depends("what its denials leave of it", because=(fact,)) if denied else yes(fact)
    return no()


@check(kind="aws_opensearch_domain", severity=Severity.HIGH, topics=("public-exposure",))
def domain_readable_by_anyone(domain: Resource, facts: Facts) -> Iterator[Bad]:
    """Search domain that anybody may search."""
    outside = outside_network(domain)
    if domain.get("policy") is None or not outside.possible:
        return
    open_ = all_of((outside, _anybody(domain, "es:ESHttpGet", facts)))
    if open_.possible:
        writes = _anybody(domain, "es:ESHttpPut", facts).answer == "yes" and open_.answer == "yes"
        what = "search and write" if writes else "search"
        severity = Severity.CRITICAL if writes else None
        yield Bad(f"anybody can {what} domain {domain.label}", open_, ("policy",), severity=severity)


def _anybody(domain: Resource, action: str, facts: Facts) -> Verdict:
    """May an unsigned request do it, to the domain or to what lies in it?"""
    return any_of((facts.can("anonymous", action, domain).verdict, _inside(domain, action)))
