"""Hostile inputs by the family: policies, facts, tables, workbooks, paths, settings. Each ends with a clear message."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HEAD = 'policy p "P"\n\n'
POLICY = """\
policy p "P"

enum Kind { red, blue }

record Item
  name   text
  kind   Kind
  n      count 0 to 1_000
  share  percent?
  price  money EUR
  day    date or never
  month  month?
  ok     flag default no
  unique name

measure items count 0 to 1_000
  count of Item i where i.n more than 3

designation d "D"
  require r "R" items at least 1

change add by 1 to 3 "Add {n}"
  adds Item { name: "new", kind: red, n: 5, price: 1 EUR, day: never }
  cost 1 EUR each
"""
GOOD: dict[str, object] = {"name": "a", "kind": "red", "n": 5, "price": 1, "day": "2024-01-01"}
ENDS = frozenset({0, 1, 2, 3})


@dataclass(frozen=True)
class Input:
    """A command with what it is given: `files` are texts, bytes, or what makes one at a path."""

    name: str
    arguments: tuple[str, ...]
    files: dict[str, str | bytes | Callable[[Path], None]]


def check(name: str, policy: str | bytes) -> Input:
    return Input(name, ("check", "p.attain"), {"p.attain": policy})


def assess(name: str, policy: str, facts: str | bytes) -> Input:
    return Input(name, ("assess", "p.attain", "f.json", "--as-of", "2024-01-01"), {"p.attain": policy, "f.json": facts})


def rows(name: str, item: object) -> Input:
    return assess(name, POLICY, json.dumps({"facts": {"Item": item}}))


def table(name: str, text: str | bytes) -> Input:
    return Input(name, ("assess", "p.attain", "f", "--as-of", "2024-01-01"), {"p.attain": POLICY, "f/item.csv": text})


def deep() -> Iterator[Input]:
    """Brackets, quantifiers, operators and data within themselves."""
    for depth in (50, 99, 101, 1_000, 20_000):
        yield check(f"brackets {depth}", f"{HEAD}measure m count\n  {'(' * depth}1{')' * depth}\n")
        yield check(f"open brackets {depth}", f"{HEAD}measure m count\n  {'(' * depth}\n")
        yield check(f"braces {depth}", f"{HEAD}measure m count\n  {'{' * depth}\n")
        yield check(f"not {depth}", f"{HEAD}define x\n  {'not (' * depth}yes{')' * depth}\n")
        yield check(f"minus {depth}", f"{HEAD}measure m count\n  {'- ' * depth}1\n")
        yield check(f"plus {depth}", f"{HEAD}measure m count\n  1{' + 1' * depth}\n")
        yield check(f"and {depth}", f"{HEAD}define x\n  yes{' and yes' * depth}\n")
        yield check(f"dots {depth}", f"{HEAD}define x\n  a{'.b' * depth}\n")
        yield check(f"types {depth}", f"{HEAD}parameter x {'set of ' * depth}count\n  1\n")
        yield check(f"indented {depth}", HEAD + "".join(f"{' ' * n}any of\n" for n in range(min(depth, 1_000))))
        yield assess(f"lists {depth}", POLICY, "[" * depth)
        yield assess(f"objects {depth}", POLICY, '{"a":' * depth + "1" + "}" * depth)
    for depth in (5, 30, 90, 120):
        text = "yes"
        for number in range(depth):
            text = f"(some Item i{number} where {text})"
        yield assess(f"quantifiers {depth}", f'{POLICY}\ndesignation e "E"\n  require r "R" {text}\n', "{}")
        text = "1"
        for number in range(depth):
            text = f"(sum of {text} among Item i{number})"
        yield check(f"sums {depth}", f"{POLICY}\nmeasure e count\n  {text}\n")


def many() -> Iterator[Input]:
    """Much of one thing: chains, values, keys, lines, names."""
    for number in (100, 450):
        chain = "define c0\n  items at least 1\n\n" + "".join(
            f"define c{each}\n  c{each - 1}\n\n" for each in range(1, number)
        )
        asked = f'designation e "E"\n  require r "R" c{number - 1}\n'
        yield assess(f"chain {number}", f"{POLICY}\n{chain}{asked}", '{"facts": {"Item": []}}')
        measures = "measure c0 count\n  1\n\n" + "".join(
            f"measure c{each} count\n  c{each - 1} + c{each - 1}\n\n" for each in range(1, number)
        )
        yield check(f"doubling {number}", HEAD + measures)
        yield check(f"circle {number}", HEAD + "".join(
            f"define c{each}\n  c{(each + 1) % number}\n\n" for each in range(number)))  # fmt: skip
        yield check(f"enum {number}", f"{HEAD}enum E {{ {', '.join(f'v{each}' for each in range(number))} }}\n")
        yield check(f"one value often {number}", f"{HEAD}enum E {{ {', '.join(['v'] * number)} }}\n")
        yield check(f"fields {number}", HEAD + "record R\n" + "".join(f"  f{each} count\n" for each in range(number)))
        yield check(f"keys {number}", HEAD + "parameter t for count count\n" + "".join(
            f"  {each} {each}\n" for each in range(number)))  # fmt: skip
        yield check(f"designations {number}", HEAD + "".join(
            f'designation d{each} "D"\n  require r "R" yes\n\n' for each in range(min(number, 400))))  # fmt: skip
        yield check(f"imports {number}", HEAD + "".join(f"import i{each}\n" for each in range(min(number, 400))))
        yield check(f"long name {number}", f"{HEAD}enum {'E' * number * 10} {{ a }}\n")
        yield check(f"long text {number}", f'policy p "{"é" * number * 20}"\n')
        yield check(f"long line {number}", HEAD + "#" * number * 100)
        yield check(f"mistakes {number}", HEAD + "measure m count\n  x y z\n\n" * min(number, 400))
        yield rows(f"rows {number}", [{**GOOD, "name": str(each)} for each in range(number)])
        yield rows(f"bad rows {number}", [{"nonsense": each} for each in range(number)])


def wide() -> Iterator[Input]:
    """Plans with more to choose than can be gone through."""
    for values in (5, 60, 100):
        enum = f"enum K {{ {', '.join(f'k{each}' for each in range(values))} }}\n"
        change = 'change c(a K, b K, e K) "C {a} {b} {e}"\n  raises m by 1\n  cost 1 EUR\n'
        policy = (
            f'{HEAD}{enum}\nmeasure m count 0 to 9\n  0\n\ndesignation d "D"\n  require r "R" m at least 8\n\n{change}'
        )
        arguments = ("plan", "p.attain", "--as-of", "2024-01-01", "--time-limit", "1", "--memory-limit", "900")
        yield Input(f"a change of three enums of {values}", arguments, {"p.attain": policy})


NUMBERS = (
    "1" + "0" * 400, "9" * 5_000, "1" + "0" * 20_000, "1e999999", "1e-999999", "NaN", "Infinity", "-0", "0x10", "١٢",
    "1_000_", "1.", ".5", "--1", "1" * 200 + "/7", "½", "1,5", "0.1" + "0" * 300 + "1",
)  # fmt: skip


def numbers() -> Iterator[Input]:
    """Numbers, dates and durations that nobody means."""
    for text in NUMBERS:
        short = text if len(text) < 12 else f"{text[:8]}({len(text)})"
        yield check(f"number {short} in a policy", f"{HEAD}measure m count\n  {text}\n")
        yield assess(f"number {short} in facts", POLICY, f'{{"facts": {{"Item": [{{"n": {text}}}]}}}}')
        yield table(f"number {short} in a table", f"name,kind,n,price,day\na,red,{text},1,2024-01-01\n")
        yield Input(f"number {short} set", ("assess", "p.attain", "--set", f"items={text}"), {"p.attain": POLICY})
    for text in ("2024-02-30", "0000-01-01", "9999-12-31", "10000-01-01", "2024-13", "24-01-01", "tomorrow", "-1", ""):
        yield check(f"date {text!r} in a policy", f'policy p "P"\n  in force from {text}\n')
        yield rows(f"date {text!r} in facts", [{**GOOD, "day": text}])
        yield Input(f"date {text!r} as of", ("assess", "p.attain", "--as-of", text), {"p.attain": POLICY})
    for text in ("99999999999 months", "0 days", "99999999999999999999 years"):
        policy = f'{HEAD}designation d "D"\n  require r "R" assessment date on or after {text} before assessment date\n'
        yield Input(f"duration {text}", ("assess", "p.attain", "--as-of", "2024-01-01"), {"p.attain": policy})


def bytes_() -> Iterator[Input]:
    """Files that are cut off, of odd encodings, or no text at all."""
    for encoding in ("utf-16", "utf-16-le", "utf-32", "latin-1", "cp037", "utf-7", "utf-8-sig"):
        yield check(f"a policy in {encoding}", POLICY.replace('"P"', '"Pé"').encode(encoding))
        yield assess(f"facts in {encoding}", POLICY, json.dumps({"organisation": "é", "facts": {}}).encode(encoding))
        yield table(f"a table in {encoding}", "name,kind,n,price,day\né,red,5,1,2024-01-01\n".encode(encoding))
    whole = json.dumps({"facts": {"Item": [GOOD]}})
    for cut in range(1, len(whole), 9):
        yield assess(f"facts cut off at {cut}", POLICY, whole[:cut])
    for cut in range(5, len(POLICY), 37):
        yield check(f"a policy cut off at {cut}", POLICY[:cut])
    strange = (
        b"",
        b"\x00" * 100,
        bytes(range(256)),
        b"\xff\xfe",
        b"\xed\xa0\x80",
        b"\r\r\r",
        b"\x1b[31m",
        b"\xef\xbb\xbf",
    )
    for each in strange:
        shown = each[:6].hex()
        yield check(f"a policy of bytes {shown}", each)
        yield assess(f"facts of bytes {shown}", POLICY, each)
        yield table(f"a table of bytes {shown}", each)


VALUES: tuple[object, ...] = (None, True, 0, -1, 1.5, "", " ", "x" * 5_000, "\x00", "\ud800", [], {}, [[]], {"a": 1})


def types() -> Iterator[Input]:
    """Values of the wrong type in each place of facts and tables."""
    for value in VALUES:
        shown = repr(value)[:12]
        for field in (*GOOD, "share", "month", "ok"):
            yield rows(f"{field}: {shown}", [{**GOOD, field: value}])
        yield rows(f"a row: {shown}", [value])
        yield rows(f"a table: {shown}", value)
        yield assess(f"facts: {shown}", POLICY, json.dumps({"facts": value, "given": value, "as_of": value}))
        yield assess(f"given: {shown}", POLICY, json.dumps({"given": {"items": value, "nobody": value}}))
        yield assess(f"closed: {shown}", POLICY, json.dumps({"facts": {}, "closed": value, "organisation": value}))
    for text in (
        "a\nb\n",
        "name;kind\n",
        ",,,\n",
        'name,"kind\n',
        "name,name\n1,2\n",
        "=1+1\n",
        "\n" * 500,
        "," * 3_000,
    ):
        yield table(f"a table {text[:9]!r}", text)


def book(*parts: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return stream.getvalue()


def workbooks() -> Iterator[Input]:
    """What calls itself a workbook: bombs, cut off, without its parts, with outside entities."""
    bomb = b"<worksheet>" + b"\x20" * 150_000_000
    entities = (
        b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(
            f'<!ENTITY a{n} "{f"&a{n - 1 if n else chr(0)};".replace(chr(0), "") * 10}">'.encode() for n in range(1, 9)
        )
        + b"]><workbook>&a8;</workbook>"
    )
    whole = book(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>"))
    found = {
        "a bomb": book(("xl/worksheets/sheet1.xml", bomb)),
        "entities": book(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", entities)),
        "an outside entity": book(("xl/workbook.xml", b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w>&a;</w>')),
        "no parts": book(),
        "many parts": book(*((f"part{n}", b"") for n in range(10_001))),
        "no workbook": whole,
        "cut off": whole[:40],
        "text": b"name,kind\n",
        "a path out of it": book(("../../x.xml", b"<x/>"), ("/etc/x", b"x")),
    }  # fmt: skip
    for name, data in found.items():
        for command in (("assess", "p.attain", "f.xlsx"), ("facts", "check", "p.attain", "f.xlsx")):
            yield Input(f"a workbook: {name} ({command[0]})", command, {"p.attain": POLICY, "f.xlsx": data})
    for name, data in {"no database": b"SQLite format 3\x00" + b"\xff" * 200, "nothing": b""}.items():
        yield Input(f"a database: {name}", ("assess", "p.attain", "f.sqlite"), {"p.attain": POLICY, "f.sqlite": data})


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _circle(path: Path) -> None:
    path.symlink_to(path.name)


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _unreadable(path: Path) -> None:
    path.write_text("x", encoding="utf-8")
    path.chmod(0)


def paths() -> Iterator[Input]:
    """Files that are none: pipes, devices, folders, links in a circle; names of every kind."""
    for make in (_fifo, _folder, _circle, _dangling, _device, _unreadable):
        kind = make.__name__[1:]
        for command in ("check", "fmt", "test", "assess", "plan", "asp", "schema"):
            yield Input(f"{command} of a policy: {kind}", (command, "p.attain"), {"p.attain": make})
        for facts in ("f.json", "f", "f.xlsx", "f.sqlite"):
            files: dict[str, str | bytes | Callable[[Path], None]] = {"p.attain": POLICY, facts: make}
            yield Input(f"facts {facts}: {kind}", ("assess", "p.attain", facts, "--as-of", "2024-01-01"), files)
        yield Input(f"a table: {kind}", ("assess", "p.attain", "f"), {"p.attain": POLICY, "f/item.csv": make})
        yield Input(f"an import: {kind}", ("check", "p.attain"), {"p.attain": f"{HEAD}import q\n", "q.attain": make})
        output = ("check", "p.attain", "--output-format", "json", "--output-file", "out")
        if kind not in ("fifo", "dangling", "unreadable", "device"):
            yield Input(f"an output: {kind}", output, {"p.attain": POLICY, "out": make})
    for name in (
        "",
        "nowhere",
        "-",
        "--",
        "a\nb",
        "x" * 300,
        "é/ü",
        "..",
        "/dev/null",
        "/dev/full",
        "~",
        "*",
        "p.attain/x",
    ):
        yield Input(
            f"the path {name[:9]!r}", ("assess", "p.attain", name, "--as-of", "2024-01-01"), {"p.attain": POLICY}
        )
        yield Input(f"the policy {name[:9]!r}", ("check", name), {"p.attain": POLICY})


def usage() -> Iterator[Input]:
    """Arguments that make no sense."""
    for words in (
        (), ("nothing",), ("plan",), ("assess", "p.attain", "--set"), ("assess", "p.attain", "--set", "="),
        ("assess", "p.attain", "--set", "items"), ("assess", "p.attain", "--set", "items=" + "9" * 9_999),
        ("assess", "p.attain", "--set", "x(" * 50 + "=1"), ("plan", "p.attain", "--budget", "-1"),
        ("plan", "p.attain", "--budget", "NaN"), ("plan", "p.attain", "--time-limit", "0"), ("explain", "x" * 999),
        ("plan", "p.attain", "--time-limit", "inf"), ("plan", "p.attain", "--time-limit", "-5"),
        ("plan", "p.attain", "--show", "0"), ("plan", "p.attain", "--show", "99999999999999999999"),
        ("plan", "p.attain", "--by", "2000-01-01", "--as-of", "2024-01-01"), ("plan", "p.attain", "--forbid", ""),
        ("why", "p.attain", "f.json", "Item:0"), ("why", "p.attain", "f.json", ":::"), ("new", "../x"), ("new", ""),
        ("test", "p.attain", "--coverage", "--mutate"), ("assess", "p.attain", "--memory-limit", "1"),
        ("diff", "p.attain"), ("diff", "p.attain", "nowhere"), ("asp", "p.attain", "f.json", "--facts-only"),
        ("check", "p.attain", "--output-format", "klingon"), ("fmt", "p.attain", "--check", "--diff"),
        ("assess", "p.attain", "--reading", "x=y"), ("assess", "p.attain", "--for", "nobody", "--as-of", "2024-01-01"),
    ):  # fmt: skip
        facts = json.dumps({"as_of": "2024-01-01", "facts": {"Item": [GOOD]}})
        yield Input(f"attain {' '.join(words)[:40]}", words, {"p.attain": POLICY, "f.json": facts})


FAMILIES: tuple[Callable[[], Iterator[Input]], ...] = (
    deep, many, wide, numbers, bytes_, types, workbooks, paths, usage,
)  # fmt: skip
