"""The command line. `main.run` is the entry point of both commands, `nephograph` and `neph`."""
