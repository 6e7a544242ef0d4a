"""The packet tracer: one packet at a time, hop by hop, out and back: the certificate of answers about reachability.

It shares no code with `engines.network`, which answers for sets at once; tests hold the two equal.
"""
