"""Programs as data: what may be said in a fact, and how it reads."""

from __future__ import annotations

import pytest

from attain_compiler.asp import LARGEST, Fact, Origin, Program, TooLarge, render
from attain_compiler.source import SourceFile, Span


@pytest.mark.parametrize("word", ["", "Upper", "a b", "a.", "a)", "a\n", "é", "_a", "1a", "a%"])
def test_a_word_that_could_become_part_of_the_program_is_refused(word: str) -> None:
    with pytest.raises(ValueError):
        Fact("atom", (word,))


@pytest.mark.parametrize("name", ["", "Upper", "a(1). b", "#show"])
def test_a_predicate_that_is_no_plain_word_is_refused(name: str) -> None:
    with pytest.raises(ValueError):
        Fact(name, (1,))


@pytest.mark.parametrize("number", [LARGEST + 1, -LARGEST - 1, 10**15])
def test_a_number_past_32_bits_is_refused(number: int) -> None:
    with pytest.raises(TooLarge, match=str(abs(number))):
        Fact("weight", (1, number))


def test_a_program_reads_with_the_places_that_its_facts_come_from() -> None:
    text = "policy p\nrequire total at least 70\n"
    source = SourceFile("p.attain", text)
    total = Origin("requirement total", Span("p.attain", text.index("total"), text.index(" at")))
    elsewhere = Origin("requirement other", Span("other.attain", 0, 1))
    program = Program(
        (
            Fact("rung", (0, 1, 70), total),
            Fact("addend", (0, 2, 20), total),
            Fact("required", (3,), elsewhere),
            Fact("priority", ("cost", 1), Origin("objective cost")),
            Fact("done", ()),
        ),
        ("truth",),
    )
    assert render(program, {"p.attain": source}, {"truth": ":- required(N), not holds(N).\n"}) == (
        "\n"
        "% requirement total (p.attain:2:9)\n"
        "rung(0,1,70).\n"
        "addend(0,2,20).\n"
        "\n"
        "% requirement other (other.attain)\n"
        "required(3).\n"
        "\n"
        "% objective cost\n"
        "priority(cost,1).\n"
        "done.\n"
        "\n"
        "% ---- truth.lp\n"
        ":- required(N), not holds(N).\n"
    )


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_what_a_stranger_wrote_stays_in_its_comment(line_end: str) -> None:
    program = Program((Fact("step", (0, 1), Origin(f"choice{line_end}taken(0,1).")),), ())
    lines = render(program, {}, {}).splitlines()
    assert [line for line in lines if not line.startswith("%")] == ["", "step(0,1)."]


def test_sizes_count_the_facts_of_each_predicate() -> None:
    facts = (Fact("step", (0, 1)), Fact("step", (0, 2)), Fact("required", (0,)))
    assert Program(facts, ()).sizes() == {"step": 2, "required": 1}
