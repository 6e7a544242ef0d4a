"""Faults of a network's design: what lenses list and checks find, decided on configuration alone."""
