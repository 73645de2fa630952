"""What is not settled: conditions and numbers over decisions (what a plan may do) and unknowns (what is not told)."""
