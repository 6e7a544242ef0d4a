"""Rules that people write themselves: finds them, reads them, puts them to an estate.

    gathered = own_rules(["team-rules"], trees=["infra"])
    answer = open_estate(["infra"]).judging(gathered).ask("check")

Python is executed, so it comes only from files that a person named (`--rules`) or keeps in the configuration folder;
SQL and Rego cannot act, so the folder `neph-rules` of a scanned tree may hold them, too.
"""

from nephograph.session.rules.gather import own_rules, trees_of

__all__ = ["own_rules", "trees_of"]
