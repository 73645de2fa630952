"""What is left of a condition or a number once everything fixed has been worked out: the residual.

Conditions are `True`, `False` or a `Formula` over what is open: decisions (changes of a plan) and unknowns. Numbers are
exact rationals or a `Linear` form: a constant, plus weights on formulas that are true, plus weights on whole-number
variables. Every formula is hash-consed: two that are built alike are the same object, so identity is equality, and a
formula is shared wherever it occurs.

Nothing here knows of policies, clingo or optimisation.
"""

from __future__ import annotations
