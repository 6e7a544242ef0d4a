"""The packet tracer: one packet at a time, hop by hop, out and back. The certificate of every answer about reachability.

It shares no code with `engines.network`, which answers for sets at once; tests hold the two equal.
"""
