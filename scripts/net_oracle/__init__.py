"""A packet oracle for the network tracer: the same estate built of Linux namespaces, and real TCP connections."""
