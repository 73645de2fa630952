"""Completion offers what may stand at the cursor, and nothing else; signature help says what a call takes."""

from __future__ import annotations

import pytest

from attain_engine.lsp.completion import completions
from attain_engine.lsp.signature import signature
from tests.lsp.drawing import GRANT, HOME, cut, workspace

WHOLE = (HOME / "grant.attain").read_text(encoding="utf-8")


def offered(text: str) -> list[str]:
    """What is offered at the cursor of a declaration that is written at the end of the policy, best first."""
    policy, offset = cut(f"{WHOLE}\n{text}")
    return [each.label for each in completions(workspace(grant=policy), GRANT, offset)]


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("define d(m Member)\n  m.‸", ["joined", "person", "role"]),
        ("define d(m Member)\n  m.role is ‸", ["elder", "junior"]),
        ("define d(m Member)\n  m.role in { el‸", ["elder"]),
        ("define d\n  exactly_enough is ‸", ["no_more", "yes_it_is"]),
        ("define d\n  enough(‸", ["large", "small"]),
        ("define d\n  standing(small).‸", ["elders", "people"]),
        ("define d\n  Track.‸", ["large", "small"]),
        ("define d\n  grant_paid.‸", ["total"]),
        ("define d\n  some Member m where m.‸", ["joined", "person", "role"]),
        ("define d\n  the m.joined of Member m where m.‸", ["joined", "person", "role"]),
        ("define d\n  (the m.joined of Mem‸", ["Member"]),
        ("define d(u Tr‸", ["Track"]),
        ("parameter p for Track count\n  ‸", ["large", "small"]),
        ("change c\n  adds Member { ‸", ["joined", "person", "role"]),
        ("change c\n  adds Member { role: ‸", ["elder", "junior"]),
        ("change c\n  adds ‸", ["Member"]),
        ("change c(m Member)\n  removes ‸", ["m"]),
        ("change c(m Member)\n  sets m.‸", ["joined", "person", "role"]),
        ('example "e"\n  reading ‸', ["exactly_enough"]),
        ('example "e"\n  reading exactly_enough is ‸', ["no_more", "yes_it_is"]),
        ('example "e"\n  given Member\n    ‸', ["joined", "person", "role"]),
        ("import ‸", ["people"]),
        ("excluded Mem‸", ["Member"]),
        ('excluded Member m "out" from ‸', ["members"]),
        ('excluded Member m "out" from members, ‸', ["members"]),
        ("precedence Member m for each m.person by m.role from ‸", ["members"]),
        ("precedence Member m for each m.person by m.‸", ["joined", "person", "role"]),
        ("record R\n  x count\n  y count\n  unique ‸", ["x", "y"]),
    ],
)
def test_what_must_stand_here_comes_first(written: str, first: list[str]) -> None:
    assert offered(written)[: len(first)] == first


@pytest.mark.parametrize(
    ("written", "only"),
    [
        ("mea‸", ["measure"]),
        ("define d\n  members at l‸", ["at least"]),
        ("define d\n  members at ‸", ["at least", "at most"]),
        ("define d\n  members is not kn‸", ["is not known"]),
        ('define d "a ti‸tle"', []),
        ('excluded Member m "out" from members source S-1, ‸', []),
        ("define d  # a comm‸ent", []),
        ("measure ‸", []),
    ],
)
def test_nothing_else_is_offered(written: str, only: list[str]) -> None:
    assert [each for each in offered(written) if each in only or not only] == only
    assert len(offered(written)) <= max(len(only), 2)


@pytest.mark.parametrize("name", ["Member", "members", "small"])
def test_a_value_is_no_type(name: str) -> None:
    assert (name in offered("define d(u ‸")) == (name == "Member")


def test_a_call_is_written_with_its_parameters() -> None:
    policy, offset = cut(f"{WHOLE}\ndefine d(x Track)\n  stand‸")
    found = {each.label: each.text for each in completions(workspace(grant=policy), GRANT, offset)}
    assert found["standing"] == "standing(${1:t})"


def test_the_word_that_is_being_written_is_replaced() -> None:
    policy, offset = cut(f"{WHOLE}\ndefine d\n  members at le‸")
    (found,) = completions(workspace(grant=policy), GRANT, offset)
    assert policy[found.span.start : found.span.end] == "at le"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("define d\n  enough(‸", "enough([t Track]) a condition (yes or no)"),
        ("define d\n  members_needed(‸)", "members_needed([Track]) a count"),
        (
            "define d(a Track, n count)\n  yes\n\ndefine e\n  d(small, ‸",
            "d(a Track, [n count]) a condition (yes or no)",
        ),
        ("define d(a Track, n count)\n  yes\n\ndefine e\n  d(least of (1, 2‸", None),
        ("define d\n  ‸members", None),
    ],
)
def test_signature_help_marks_the_parameter_that_is_written(written: str, shown: str | None) -> None:
    policy, offset = cut(f"{WHOLE}\n{written}")
    found = signature(workspace(grant=policy), GRANT, offset)
    if found is None:
        assert shown is None
        return
    first, last = found.parameters[found.active]
    assert f"{found.label[:first]}[{found.label[first:last]}]{found.label[last:]} {found.detail}" == shown
