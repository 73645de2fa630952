"""Coverage-guided fuzzing (atheris, libFuzzer) of what reads input: policies, facts, the command line.

    python bench/coverage_fuzz.py policy|facts|command [--minutes 10] [--keep build/coverage-fuzz]

needs atheris (`make coverage-fuzz` installs it and runs all three). It begins with pieces of the policies of this
repository, a small table, some commands, changes them at random, and keeps as seeds those that reach code that none has
reached, in KEEP/TARGET, where the next run goes on. A finding is an exception that no caller is told of
(docs/python.md), a policy whose layout reads otherwise than it, an exit code that is none of the documented, or an
input that takes longer than 30 s; it ends the run with an exit code other than 0, and its input is kept as a file
beside the seeds. `--again FILE` tries such a file once.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "compiler"), str(ROOT / "engine")]

with atheris.instrument_imports(include=["attain_compiler", "attain_engine"]):
    from attain_compiler.model.calendar import OutsideTheCalendar
    from attain_compiler.source import SourceFile
    from attain_compiler.syntax.format import format_source
    from attain_compiler.syntax.parse import parse
    from attain_engine.api import FactsMistakes, PolicyMistakes, assess, load_facts, load_policy
    from attain_engine.cli import main as attain
    from attain_engine.evaluate import EvaluationProblem

from tests.hostile.inputs import ENDS, GOOD, POLICY

ON = datetime.date(2024, 1, 1)
LONGEST = 30
"""Seconds that one input may take."""
LONGEST_COMMAND = 300
"""And a command, which has limits of its own."""
FACTS = {"as_of": str(ON), "facts": {"Item": [GOOD]}}
COMMANDS = (
    "check p.attain",
    "test p.attain",
    "fmt p.attain",
    "list p.attain",
    "diff p.attain x.attain",
    "asp p.attain f.json",
    "facts check p.attain x.csv",
    "assess p.attain f.json --set items=3 --output-format json",
    "why p.attain f.json items",
    "plan p.attain f.json",
    "nearest p.attain f.json",
    "what-if p.attain f.json add=1",
    "forecast p.attain f.json",
)
NOT_TRIED = {"lsp", "serve", "--watch", "completion"}
"""What does not end by itself."""


class Finding(Exception):
    """What should not have happened."""


def policy(data: bytes) -> None:
    """The text of a policy: read, laid out, asked about nothing."""
    text = data.decode("utf-8", "replace")
    try:
        program = load_policy("fuzz.attain", text)
    except PolicyMistakes:
        return
    laid_out = format_source(SourceFile("fuzz.attain", text))
    before, after = (parse(SourceFile("fuzz.attain", each))[0] for each in (text, laid_out))
    if before != after:
        raise Finding(f"laid out, the policy reads otherwise:\n{laid_out}")
    with contextlib.suppress(EvaluationProblem, OutsideTheCalendar, FactsMistakes):
        assess(program, load_facts(program, text="{}"), ON)


def facts(data: bytes) -> None:
    """A JSON file of facts: read, and asked about where they can be used."""
    with contextlib.suppress(EvaluationProblem, OutsideTheCalendar, FactsMistakes):
        assess(USUAL, load_facts(USUAL, text=data.decode("utf-8", "replace")), ON)


def command(data: bytes) -> None:
    """Arguments, one a line, after which a policy or a table may follow; in a folder with a policy and its facts."""
    head, _, content = data.decode("utf-8", "replace").partition("\n\n")
    arguments = [each for each in head.split("\n") if "\0" not in each][:12]
    if any(each in NOT_TRIED or "/" in each or ".." in each for each in arguments):
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (
            ("p.attain", POLICY),
            ("f.json", json.dumps(FACTS)),
            ("x.csv", content),
            ("x.attain", content),
        ):
            (Path(folder) / name).write_text(text, encoding="utf-8")
        os.chdir(folder)
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = attain([*arguments, "--time-limit", "5"] if arguments[:1] in (["plan"], ["assess"]) else arguments)
        os.chdir(ROOT)
    if code not in ENDS:
        raise Finding(f"exit code {code}: {err.getvalue()[-300:]}")
    if code in (2, 3) and not (out.getvalue() + err.getvalue()).strip():
        raise Finding(f"exit code {code} without a word")


USUAL = load_policy("usual.attain", POLICY)
TARGETS: dict[str, Callable[[bytes], None]] = {"policy": policy, "facts": facts, "command": command}


def first_inputs(target: str) -> Iterator[str]:
    """What a run begins with."""
    if target == "policy":
        for path in (*ROOT.glob("policies/*.attain"), *ROOT.glob("docs/**/*.attain")):
            # A whole policy changed in one place reaches little: its declarations do more.
            yield from ("\n\n".join(some) for some in _windows(path.read_text(encoding="utf-8").split("\n\n"), 6))
        yield POLICY
    elif target == "facts":
        yield json.dumps(FACTS)
        yield json.dumps({**FACTS, "closed": ["Item"], "given": {"items": 3}, "organisation": "o"})
    else:
        yield from (f"{line.replace(' ', chr(10))}\n\n{POLICY}" for line in COMMANDS)


def _windows(blocks: list[str], size: int) -> Iterator[list[str]]:
    for first in range(0, len(blocks), size):
        yield [blocks[0], *blocks[first : first + size]]


def words() -> list[str]:
    """The words of the language and of the command line, for libFuzzer's dictionary."""
    grammar = (ROOT / "compiler/attain_compiler/syntax/grammar.lark").read_text(encoding="utf-8")
    options = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "engine/attain_engine/cli").glob("*.py"))
    return sorted({*re.findall(r'"([a-z_]+)"', grammar), *re.findall(r'"(--[a-z-]+)"', options)})


def main() -> None:
    """Fuzz until the time is up, or something is found."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("target", choices=TARGETS)
    ask.add_argument("--minutes", type=float, default=10)
    ask.add_argument("--keep", type=Path, default=ROOT / "build" / "coverage-fuzz")
    ask.add_argument("--again", type=Path)
    given = ask.parse_args()
    if given.again:
        TARGETS[given.target](given.again.read_bytes())
        return
    os.environ["ATTAIN_DEBUG"] = "1"  # an exception that nothing foresaw leaves the command, too
    seeds = given.keep.absolute() / given.target
    seeds.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(first_inputs(given.target)):
        (seeds / f"first-{number}").write_text(text, encoding="utf-8")
    dictionary = given.keep.absolute() / "words.txt"
    dictionary.write_text("".join(f'"{each}"\n' for each in words()), encoding="utf-8")
    atheris.Setup(
        [
            sys.argv[0],
            str(seeds),
            f"-max_total_time={round(given.minutes * 60)}",
            f"-artifact_prefix={seeds}/found-",
            f"-dict={dictionary}",
            f"-timeout={LONGEST_COMMAND if given.target == 'command' else LONGEST}",
            "-max_len=6000",
            "-rss_limit_mb=4000",
            "-print_final_stats=1",
        ],
        TARGETS[given.target],
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
