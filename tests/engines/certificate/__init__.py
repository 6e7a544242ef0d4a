"""The certificate: one request against a closed set of policies."""
