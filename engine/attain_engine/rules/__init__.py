"""The policy as first-order rules: the facts they read, what clingo derives from both, and both printed."""
