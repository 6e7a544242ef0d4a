"""One request against a closed set of policies, decided straight from AWS's documentation.

Small on purpose: every answer of the identity engine is replayed here, so this package shares no code with it. It knows
nothing of estates: what it is given is all there is. docs/semantics/identity-certificate.md lists its rules.
"""
