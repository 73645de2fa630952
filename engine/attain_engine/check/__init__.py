"""Is a policy what its author believes it to be: its examples and its claims."""
