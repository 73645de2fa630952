"""Answer set programs as data, and their text."""

from attain_compiler.asp.program import LARGEST, Argument, Fact, Origin, Program, TooLarge
from attain_compiler.asp.render import render, text

__all__ = ["LARGEST", "Argument", "Fact", "Origin", "Program", "TooLarge", "render", "text"]
