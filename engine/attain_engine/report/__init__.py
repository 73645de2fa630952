"""Answers as text for people. JSON is the pydantic models' own; this is not an interface, JSON is."""
