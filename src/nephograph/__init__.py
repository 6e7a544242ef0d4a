"""nephograph: one graph of the whole estate, and lenses that answer questions about it exactly and with proof."""

__version__ = "0.1.0"
