"""A problem made smaller before it is solved: dominance, symmetry breaking, bound and coefficient tightening."""
