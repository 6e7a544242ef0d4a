"""Attack paths: Horn closure over step rules, with a proof of every derived fact."""
