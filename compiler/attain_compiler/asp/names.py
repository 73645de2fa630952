"""Names of a policy as predicates and constants of a program, one for each and back again.

A name of the language begins with a letter and may have capitals and hyphens; a predicate begins with a small letter
and has no hyphen. Where two names would become one, or a name is a word of the program's own, `_` is put after it.
The tables kept here tell which is which.
"""

from __future__ import annotations

import re
from collections.abc import Hashable

from attain_compiler.model.program import name_of

WORDS = frozenset({
    "amount", "asked", "at_least", "award", "beaten", "by", "change", "common", "cost", "cost_each", "counts",
    "day", "done", "duration", "exactly", "failed", "first_day", "further", "goal", "holds", "last_day", "lasts",
    "late", "length", "longest", "longest_each", "member", "met", "month_of", "months_between",
    "needs_rules_of_its_own", "no", "none", "not", "not_given", "open", "option", "part", "points", "rank",
    "reached", "reset", "ruled_out", "score", "shifted", "shifted_month", "some_track", "takes",
    "takes_each", "tier", "today",
    "total", "track", "tracks", "unit", "unknown", "unsettled", "years_between", "yes",
})  # fmt: skip
"""The program's own words. `not` is clingo's only one that could be a name."""


PREFIXES = ("in_", "open_", "has_", "given_", "beyond_")
"""What is put before a predicate for what belongs to it: where it is asked, where it is open, where it was given,
what goes beyond it."""


_NO_PREDICATE = re.compile(r"\W+")


def plain(name: str) -> str:
    """The name as a predicate or constant, before clashes are told apart: `status_smb` of `status(smb)`."""
    text = _NO_PREDICATE.sub("_", name)
    if "(" in name:
        text = text.rstrip("_")
    return text[0].lower() + text[1:]


class Names:
    """The predicates of one program and the constants of its enums."""

    def __init__(self) -> None:
        self._predicates: dict[tuple[str, str, object], str] = {}
        self._taken = {word + ending for word in WORDS for ending in ("", "_on")} | {
            f"{prefix}{word}" for prefix in PREFIXES for word in ("designation", "designation_on", "asked", "change")
        }
        self._constants: dict[tuple[str, str], str] = {}
        self.values: dict[tuple[str, str], str] = {}

    def predicate(self, identifier: str, suffix: str = "", prefix: str = "", *, key: Hashable = None) -> str:
        """The predicate of a declaration (by its id); `suffix` tells its companions apart (with `key`, where that does
        not suffice), `prefix` is one of PREFIXES. None of a predicate's companions is the name of another one."""
        place = (identifier, suffix, key)
        known = self._predicates.get(place)
        if known is None:
            known = plain(name_of(identifier)) + suffix
            while self._taken & {known, *(each + known for each in PREFIXES)}:
                known += "_"
            self._predicates[place] = known
            self._taken |= {known, *(each + known for each in PREFIXES)}
        return prefix + known

    def constant(self, enum: str, name: str, identifier: str = "") -> str:
        """The constant of an enum's value, different from those of the enum's other values. `identifier` tells two
        things of one name apart."""
        key = (enum, identifier or name)
        known = self._constants.get(key)
        if known is None:
            known = plain(name)
            while known in ("not", "unknown") or (enum, known) in self.values:
                known += "_"
            self._constants[key] = known
            self.values[enum, known] = name
        return known
