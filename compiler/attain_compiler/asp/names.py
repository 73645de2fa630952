"""Names of a policy as predicates and constants of a program, one for each and back again.

A name of the language begins with a letter and may have capitals and hyphens; a predicate begins with a small letter
and has no hyphen. Where two names would become one, or a name is a word of the program's own, `_` is put after it.
The tables kept here tell which is which.
"""

from __future__ import annotations

WORDS = frozenset(
    """not met failed holds counts award tier reached rank common option total beaten some_track at_least track part
    points score member shifted month_of first_day last_day shifted_month today open unknown duration yes no none
    not_given unsettled ruled_out needs_rules_of_its_own exactly asked tracks by done amount cost goal reset""".split()
)
"""The program's own words. `not` is clingo's only one that could be a name."""


def plain(name: str) -> str:
    """The name as a predicate or constant, before clashes are told apart."""
    text = name.replace("-", "_")
    return text[0].lower() + text[1:]


class Names:
    """The predicates of one program and the constants of its enums."""

    def __init__(self) -> None:
        self._predicates: dict[tuple[str, str], str] = {}
        self.declared: dict[str, tuple[str, str]] = {}
        self._constants: dict[tuple[str, str], str] = {}
        self.values: dict[tuple[str, str], str] = {}

    def predicate(self, identifier: str, suffix: str = "", prefix: str = "") -> str:
        """The predicate of a declaration (by its id); `suffix` and `prefix` tell its companions apart."""
        key = (identifier, f"{prefix}/{suffix}")
        known = self._predicates.get(key)
        if known is None:
            known = prefix + plain(identifier.rpartition(".")[2]) + suffix
            while known in WORDS or known in self.declared:
                known += "_"
            self._predicates[key] = known
            self.declared[known] = (identifier, f"{prefix}{suffix}")
        return known

    def constant(self, enum: str, name: str, identifier: str = "") -> str:
        """The constant of an enum's value, different from those of the enum's other values. `identifier` tells apart two
        things of one name."""
        key = (enum, identifier or name)
        known = self._constants.get(key)
        if known is None:
            known = plain(name)
            while known in ("not", "unknown") or (enum, known) in self.values:
                known += "_"
            self._constants[key] = known
            self.values[enum, known] = name
        return known
