"""What dies with what: the needs of the library over the edges of the estate, as an AND-OR graph."""
