"""The solvers: clingo, HiGHS on the completion of a ground program, and what is certain of a condition."""
