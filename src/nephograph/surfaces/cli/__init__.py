"""The command line. `main.main` is the entry point of both commands, `nephograph` and `neph`."""
