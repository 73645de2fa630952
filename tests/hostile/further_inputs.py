"""More hostile inputs by the family: what asks itself in circles, odd JSON, odd tables, odd archives and databases."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from tests.hostile.inputs import GOOD, HEAD, POLICY, Input, assess, book, check, table

ON = ("--as-of", "2024-01-01")


def circles() -> Iterator[Input]:
    """Imports, amendments, definitions and links that lead back to where they began, or very far."""
    library = 'library q "Q"\n\nimport p\n'
    yield Input("two import each other", ("check", "p.attain"), {"p.attain": f"{HEAD}import q\n", "q.attain": library})
    yield Input("imports itself", ("check", "p.attain"), {"p.attain": f"{HEAD}import p\n"})
    yield Input("imports itself by another name", ("check", "p.attain"), {"p.attain": f"{HEAD}import p as q\n"})
    yield Input("amends itself", ("check", "p.attain"), {"p.attain": f"{HEAD}amends p\n"})
    amends = f'policy q "Q"\n\namends p\n\n{POLICY.partition(chr(10))[2]}'
    yield Input("two amend each other", ("check", "p.attain"), {"p.attain": f"{HEAD}amends q\n", "q.attain": amends})
    yield Input("amends what imports it", ("check", "p.attain"), {"p.attain": f"{HEAD}amends q\n", "q.attain": library})
    for length in (40, 400):
        chain: dict[str, str | bytes | Callable[[Path], None]] = {
            f"l{each}.attain": f'library l{each} "L"\n\nimport l{each + 1}\n' for each in range(length)
        }
        chain[f"l{length}.attain"] = f'library l{length} "L"\n\nenum E {{ a }}\n'
        chain["p.attain"] = f"{HEAD}import l0\n"
        yield Input(f"a chain of {length} imports", ("check", "p.attain"), chain)
        amended: dict[str, str | bytes | Callable[[Path], None]] = {
            f"l{each}.attain": f'policy l{each} "L"\n\namends l{each + 1}\n' for each in range(length)
        }
        amended[f"l{length}.attain"] = POLICY.replace("policy p", f"policy l{length}")
        amended["p.attain"] = f"{HEAD}amends l0\n"
        yield Input(f"a chain of {length} amendments", ("check", "p.attain"), amended)
    for name in ("../p", "/etc/passwd", "p.attain", "con", "a" * 300, "é", ".", "p\\q"):
        yield Input(f"imports {name[:9]!r}", ("check", "p.attain"), {"p.attain": f"{HEAD}import {name}\n"})
    counted = "define f(n count from 0) as count\n  (f(n - 1) else 0) + 1\n\n"
    for asked in (600, 100_000_000, 10**30):
        yield assess(
            f"goes back {asked}", f'{POLICY}\n{counted}designation e "E"\n  require r "R" f({asked}) at least 1\n', "{}"
        )
    both = "define f(n count from 0) as count\n  (f(n - 1) else 0) + (f(n - 2) else 0) + (f(n - 3) else 1)\n\n"
    yield assess(
        "goes back three ways", f'{POLICY}\n{both}designation e "E"\n  require r "R" f(500) at least 1\n', "{}"
    )
    linked = (
        f"{HEAD}entity P\n\nrecord L\n  a P\n  b P\n\ndefine r(x P, y P)\n"
        "  some L l where l.a is x and (l.b is y or r(l.b, y))\n\n"
        'designation d "D"\n  require r "R" every P x has r(x, x)\n'
    )  # fmt: skip
    ring = [{"a": str(each), "b": str((each + 1) % 60)} for each in range(60)]
    yield assess("a ring of sixty", linked, json.dumps({"facts": {"L": ring}}))
    example = "".join(f'example "{each}" like "{(each + 1) % 9}"\n  expect items is 0\n\n' for each in range(9))
    yield Input("examples like each other", ("test", "p.attain"), {"p.attain": f"{POLICY}\n{example}"})
    status = "".join(
        f'designation c{each} "C"\n  require r "R" c{(each + 1) % 9} is met\n\n' for each in range(9)
    )  # fmt: skip
    yield check("designations of each other", f"{HEAD}{status}")


def documents() -> Iterator[Input]:
    """JSON that a parser takes, or a person wrote by mistake."""
    item = json.dumps(GOOD)

    def of(name: str, n: str = "5", price: str = "1") -> str:
        return f'{{"facts": {{"Item": [{{"name": "{name}", "kind": "red", "n": {n}, "price": {price}}}]}}}}'

    for name, text in {
        "a name twice": f'{{"facts": {{"Item": []}}, "facts": {{"Item": [{item}]}}}}',
        "a table twice": f'{{"facts": {{"Item": [{item}], "Item": []}}}}',
        "a field twice": of('a", "name": "b'),
        "a huge whole number": of("a", n="9" * 4_400),
        "a huge fraction": of("a", price=f"0.{'3' * 9_000}"),
        "a huge exponent": '{"given": {"items": 1e400000000}}',
        "a tiny exponent": '{"given": {"items": 1e-400000000}}',
        "minus zero": '{"given": {"items": -0.0}}',
        "no number": '{"given": {"items": NaN}}',
        "less than everything": '{"given": {"items": -Infinity}}',
        "a number as text": '{"given": {"items": "5"}}',
        "a comment": '{"facts": {} /* none */}',
        "a comma at the end": '{"facts": {"Item": [],}}',
        "single quotes": "{'facts': {}}",
        "lines of JSON": '{"name": "a"}\n{"name": "b"}\n',
        "two documents": '{"facts": {}}{"facts": {}}',
        "a lone surrogate": of("\\ud800"),
        "a control character": of("a\u0007\u001b[31m"),
        "from right to left": of("\u202eabc"),
        "a very long name": of("x" * 2_000_000),
        "a very long key": f'{{"{"k" * 2_000_000}": 1}}',
        "many keys": json.dumps({str(each): each for each in range(50_000)}),
        "many tables": json.dumps({"facts": {f"T{each}": [] for each in range(5_000)}}),
        "many rows that are wrong": json.dumps({"facts": {"Item": [{"name": each} for each in range(20_000)]}}),
        "many rows alike": json.dumps({"facts": {"Item": [GOOD] * 5_000}}),
        "blanks": " " * 5_000_000,
        "blanks around": " " * 500_000 + '{"facts": {"Item": []}}' + "\n" * 500_000,
        "a mark before": "\ufeff" + '{"facts": {"Item": []}}',
        "two marks before": "\ufeff\ufeff" + '{"facts": {"Item": []}}',
    }.items():  # fmt: skip
        yield assess(f"JSON: {name}", POLICY, text)
    for key in ("as_of", "facts", "given", "closed", "organisation", "readings", "nobody"):
        values: tuple[object, ...] = (-1, "x" * 100_000, [[]], {"": ""}, None, True)
        for value in values:
            yield assess(f"JSON: {key} is {str(value)[:9]}", POLICY, json.dumps({"facts": {}, key: value}))


def tables() -> Iterator[Input]:
    """Tables with bytes that belong to no text, of several encodings, with lines without an end."""
    head = "name,kind,n,price,day\n"
    found: dict[str, str | bytes] = {
        "a NUL in a cell": f"{head}a\0b,red,5,1,2024-01-01\n",
        "NULs after the end": f"{head}a,red,5,1,2024-01-01\n{chr(0) * 4096}",
        "two encodings": f"{head}é,red,5,1,2024-01-01\n".encode() + "ü,red,5,1,2024-01-01\n".encode("latin-1"),
        "a mark before": b"\xef\xbb\xbf" + f"{head}a,red,5,1,2024-01-01\n".encode(),
        "a mark in the middle": f"{head}\ufeffa,red,5,1,2024-01-01\n",
        "two marks before": b"\xef\xbb\xbf\xef\xbb\xbf" + head.encode(),
        "a mark of UTF-16 alone": b"\xfe\xff",
        "half a UTF-16": f"{head}a,red,5,1,2024-01-01\n".encode("utf-16")[:-1],
        "a quote without an end": f'{head}"a,red,5,1,2024-01-01\n' + "b,red,5,1,2024-01-01\n" * 20_000,
        "a line of megabytes": f"{head}{'a' * 3_000_000},red,5,1,2024-01-01\n",
        "columns without number": ",".join(["name"] * 20_000) + "\n",
        "a separator of tabs and commas": "name\tkind,n\tprice\nx\ty,z\n",
        "sep= before": "sep=;\nname;kind;n;price;day\na;red;5;1;2024-01-01\n",
        "old line ends": f"{head}a,red,5,1,2024-01-01\n".replace("\n", "\r"),
        "line ends of all kinds": "name,kind,n,price,day\r\na,red,5,1,2024-01-01\rb,red,5,1,2024-01-01\n\x85\u2028",
        "a formula": f'{head}"=HYPERLINK(""http://x"")",red,5,1,2024-01-01\n',
        "escapes of a terminal": f"{head}\x1b]0;x\x07,\x1b[2J,5,1,2024-01-01\n",
        "one column": "name\n" * 3,
        "only separators": ";" * 50_000 + "\n",
        "digits of other scripts": f"{head}a,red,٥,1,2024-01-01\n",
        "an exponent": f"{head}a,red,1E99999999,1,2024-01-01\n",
        "a date of too many digits": f"{head}a,red,5,1,{'2' * 5_000}-01-01\n",
        "many wrong rows": head + "a,nobody,x,y,z\n" * 20_000,
    }
    for name, data in found.items():
        yield table(f"a table: {name}", data)


def archives() -> Iterator[Input]:
    """Workbooks and databases that are larger inside, that lie about themselves, or lead outside."""
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    found = {
        "a cell far away": _book(sheet % b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "a cell beyond": _book(sheet % b'<row r="99999999"><c r="ZZZZZZZ99999999"><v>1</v></c></row>'),
        "a dimension of everything": _book(
            (sheet % b"").replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
        ),
        "a shared string that is not there": _book(sheet % b'<row r="1"><c r="A1" t="s"><v>999999</v></c></row>'),
        "a negative shared string": _book(sheet % b'<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'),
        "rows that fit in little": _book(sheet % (b"<row><c><v>1</v></c></row>" * 400_000)),
        "elements in each other": _book(b"<a>" * 200_000),
        "a sheet of nothing": _book(b""),
        "an archive in itself": book(("xl/workbook.xml", book(("x", b"\0" * 10_000_000)))),
        "a size that is a lie": _lying(_book(sheet % b"")),
        "an unknown method": _book(sheet % b"").replace(b"\x08\x00", b"\x63\x00"),
        "a password": _book(sheet % b"").replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00"),
        "an older workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3_000,
        "many sheets": _book(sheet % b"", names=3_000),
    }  # fmt: skip
    for name, data in found.items():
        files: dict[str, str | bytes | Callable[[Path], None]] = {"p.attain": POLICY, "f.xlsx": data}
        yield Input(f"a workbook: {name}", ("assess", "p.attain", "f.xlsx", *ON), files)
    items = "CREATE TABLE item(name, kind, n, price, day)"
    for name, text in {
        "no end": "CREATE TABLE t(name); CREATE VIEW item AS WITH RECURSIVE x(n) AS "
        "(SELECT 1 UNION ALL SELECT n + 1 FROM x) SELECT n AS name FROM x",
        "no end of whole rows": "CREATE TABLE t(name); CREATE VIEW item AS WITH RECURSIVE x(n) AS "
        "(SELECT 1 UNION ALL SELECT n + 1 FROM x) SELECT n AS name, 'red' AS kind, n, 1 AS price, 'x' AS day FROM x",
        "a view of itself": "CREATE VIEW item AS SELECT * FROM item",
        "a large blob": f"{items}; INSERT INTO item VALUES (zeroblob(90000000), 'red', 5, 1, 'x')",
        "a trigger": "CREATE TABLE item(name); "
        "CREATE TRIGGER t AFTER INSERT ON item BEGIN SELECT load_extension('x'); END",
        "odd names": 'CREATE TABLE "item"("na""me" TEXT, "" TEXT); INSERT INTO item VALUES (1, 2)',
        "numbers without number": f"{items}; INSERT INTO item VALUES ('a', 'red', 9e999, 1, 1)",
    }.items():  # fmt: skip
        files = {"p.attain": POLICY, "f.sqlite": _database(text)}
        yield Input(f"a database: {name}", ("assess", "p.attain", "f.sqlite", *ON), files)


def places() -> Iterator[Input]:
    """Files that are none, folders that are read only, links in circles, devices that take nothing."""
    facts = json.dumps({"as_of": "2024-01-01", "facts": {"Item": [GOOD]}})
    given: dict[str, str | bytes | Callable[[Path], None]] = {"p.attain": POLICY, "f.json": facts}
    for name, command in {
        "assess": ("assess", "p.attain", "x"),
        "check": ("check", "x"),
        "test": ("test", "x"),
        "fmt": ("fmt", "x"),
        "facts check": ("facts", "check", "p.attain", "x"),
        "diff": ("diff", "p.attain", "x"),
        "show": ("show", "x"),
    }.items():
        yield Input(f"{name} of a socket", command, {**given, "x": _socket})
        yield Input(f"{name} of a folder in itself", command, {**given, "x": _in_itself})
    few = json.dumps({"as_of": "2024-01-01", "facts": {"Item": [{**GOOD, "n": 1}]}})
    for full in ("/dev/full/x", "/proc/version/x", "p.attain/x", "locked/x"):
        made = {**given, "locked": _locked, "few.json": few}
        yield Input(f"a report into {full}", ("report", "p.attain", "f.json", "-o", f"{full}.md"), made)
        output = ("--output-format", "json", "--output-file", full)
        yield Input(f"findings into {full}", ("check", "p.attain", *output), made)
        yield Input(f"facts after a plan into {full}", ("plan", "p.attain", "few.json", "--apply", full), made)
        yield Input(f"a template into {full}", ("facts", "template", "p.attain", "-o", f"{full}.xlsx"), made)
    yield Input("a new policy where one may not write", ("new", "locked/x"), {**given, "locked": _locked})
    yield Input("laid out where one may not write", ("fmt", "locked"), {**given, "locked": _locked})


def _book(sheet: bytes, names: int = 1) -> bytes:
    """A workbook with this for each of its sheets, one of them `Item`."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheets = "".join(f'<sheet name="Item{each or ""}" sheetId="{each + 1}" r:id="r{each}"/>' for each in range(names))
    links = "".join(
        f'<Relationship Id="r{each}" Type="{kind}/worksheet" Target="worksheets/s.xml"/>' for each in range(names)
    )
    return book(
        (
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{content}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/s.xml" ContentType="{content}.worksheet+xml"/></Types>'.encode(),
        ),
        (
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{kind}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'.encode(),
        ),
        ("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets>{sheets}</sheets></workbook>'.encode()),
        (
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{links}</Relationships>'.encode(),
        ),
        ("xl/worksheets/s.xml", sheet),
    )  # fmt: skip


def _lying(data: bytes) -> bytes:
    """The archive with a size of each part, in its directory, that it does not have."""
    stream = BytesIO(data)
    with zipfile.ZipFile(stream) as archive:
        places = archive.start_dir
    changed = bytearray(data)
    place = places
    while changed[place : place + 4] == b"PK\x01\x02":
        changed[place + 24 : place + 28] = struct.pack("<I", 4_000_000_000)
        name, extra, comment = struct.unpack("<HHH", changed[place + 28 : place + 34])
        place += 46 + name + extra + comment
    return bytes(changed)


def _database(text: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.sqlite"
        made = sqlite3.connect(path)
        made.executescript(text)
        made.commit()
        made.close()
        return path.read_bytes()


def _socket(path: Path) -> None:
    made = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(path.parent)  # a path of a socket is short
    try:
        made.bind(path.name)
    finally:
        os.chdir(here)
        made.close()


def _in_itself(path: Path) -> None:
    path.mkdir()
    (path / "x.attain").symlink_to(path)
    (path / "deeper").symlink_to(path)


def _locked(path: Path) -> None:
    path.mkdir()
    (path / "p.attain").write_text(POLICY.replace("count 0", "count  0"), encoding="utf-8")
    (path / "p.attain").chmod(0o400)
    path.chmod(0o500)


FURTHER: tuple[Callable[[], Iterator[Input]], ...] = (circles, documents, tables, archives, places)
