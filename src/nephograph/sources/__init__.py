"""How an estate is said: one package per format or feed; each exposes `SOURCE`."""
