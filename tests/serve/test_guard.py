"""Who may ask, for what, and how much: other pages, other names, other folders, and too much of anything."""

from __future__ import annotations

import asyncio
import http.client
import io
import json
import socket
from pathlib import Path
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest

from attain_engine.policies import read_policy
from attain_engine.serve import folder as folders
from attain_engine.serve import guard, pool, uploads
from attain_engine.serve.pool import Refused
from tests.serve.conftest import Client
from tests.serve.policies import CLUB, FACTS, SECRET

ABOUT = {"policy": "club.attain", "facts": "facts/us.json"}

# ------------------------------------------------------------ names and origins


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:9999", "[::1]:80", "localhost."])
def test_the_names_of_this_machine_are_answered(host: str, server: Client) -> None:
    assert server.get("/", host=host).status == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "192.168.1.5", "0.0.0.0", "[::2]",
     "2130706433", "", "localhost@evil.example", "evil.example:8000", "127.0.0.1, evil.example"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/api/listing", "/openapi.json", "/page/main.js"])
def test_no_other_name_is_answered(host: str, path: str, server: Client) -> None:
    answer = server.get(path, host=host)
    assert (answer.status, answer.json["code"]) == (403, "wrong-host")


def test_where_it_listens_wide_addresses_are_names_too_and_other_names_are_not() -> None:
    wide = guard.Guard(_nothing, ("office.example",), wide=True)
    assert wide.refused("GET", "/", {"host": "192.168.1.5:8000"}, "http") is None
    assert wide.refused("GET", "/", {"host": "[fe80::1]"}, "http") is None
    assert wide.refused("GET", "/", {"host": "Office.Example"}, "http") is None
    assert wide.refused("GET", "/", {"host": "evil.example"}, "http") is not None


async def _nothing(*_: Any) -> None:
    """An application that answers nothing."""


FOREIGN = [
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": "http://localhost:1"},
    {"origin": "https://127.0.0.1:{port}"},
    {"origin": "http://127.0.0.1"},
    {"sec_fetch_site": "cross-site"},
    {"sec_fetch_site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/assess"), ("POST", "/api/uploads?name=x.json"), ("DELETE", "/api/uploads/x"),
     ("GET", "/api/listing"), ("POST", "/page/answer"), ("POST", "/"), ("OPTIONS", "/api/assess")],
)  # fmt: skip
def test_no_other_page_may_ask(method: str, path: str, headers: dict[str, str], server: Client) -> None:
    sent = {name: text.replace("{port}", str(server.port)) for name, text in headers.items()}
    answer = server(method, path, json.dumps(ABOUT).encode(), content_type="application/json", **sent)
    assert (answer.status, answer.json["code"]) == (403, "wrong-origin")
    assert not [each for each in answer.headers if each.startswith("access-control")]


def test_its_own_page_may_ask(server: Client) -> None:
    own = {"origin": f"http://127.0.0.1:{server.port}", "sec_fetch_site": "same-origin"}
    assert server.ask("/api/assess", ABOUT, **own).status == 200
    assert server.get("/", sec_fetch_site="cross-site").status == 200  # a link leads here


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_what_a_form_of_another_page_could_send_is_no_question(kind: str, server: Client) -> None:
    assert server("POST", "/api/assess", json.dumps(ABOUT).encode(), content_type=kind).status == 422


# ------------------------------------------------------------ headers

ANY = [("GET", "/"), ("GET", "/page/main.js"), ("GET", "/nothing"), ("PUT", "/api/assess"), ("GET", "/openapi.json"),
       ("GET", "/api/check?policy=nothing"), ("GET", "/api/listing")]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), ANY)
def test_every_answer_tells_the_browser_what_it_may_do(method: str, path: str, server: Client) -> None:
    answer = server(method, path)
    for name, text in guard.HEADERS.items():
        assert answer.headers[name] == text
    refused = server(method, path, host="evil.example")
    assert refused.headers["content-security-policy"] == guard.HEADERS["content-security-policy"]


def test_the_page_keeps_to_its_own_policy(server: Client) -> None:
    page = server.get("/").text
    assert "<style" not in page
    assert " style=" not in page
    assert page.count("<script") == page.count('<script type="module" src="/page/')
    assert "http://" not in page
    assert "https://" not in page
    answer = server.ask("/page/answer", ABOUT).json["html"]
    assert "<script" not in answer
    assert " style=" not in answer


def test_what_the_page_is_made_of_is_there_and_nothing_else(server: Client) -> None:
    modules = ("main.js", "dom.js", "api.js", "state.js", "levers.js", "plan.js", "problem.js")
    for name in ("report.css", "serve.css", "icon.svg", *modules):
        assert server.get(f"/page/{name}").status == 200
    for name in ("__init__.py", "..%2fapp.py", "../app.py", "%2e%2e/models.py", ""):
        assert server.get(f"/page/{name}").status == 404


def test_the_api_is_described_and_no_page_loads_scripts_from_elsewhere(server: Client) -> None:
    described = server.get("/openapi.json").json
    assert {"/api/listing", "/api/assess", "/api/plan", "/api/levers", "/api/uploads"} <= set(described["paths"])
    assert "/page/answer" not in described["paths"]
    assert server.get("/docs").status == server.get("/redoc").status == 404
    documented = (Path(__file__).parents[2] / "docs" / "serve.md").read_text(encoding="utf-8")
    assert [path for path in described["paths"] if path.replace("{made}", "ID") not in documented] == []


# ------------------------------------------------------------ the folder

ELSEWHERE = [
    "../secret", "../../etc/passwd", "/etc/passwd", "..", ".", "", "facts/../../secret",
    "facts//../../secret", "..\\secret", "C:\\secret", "file:///etc/passwd", "//evil/secret", "~/secret", "linked",
    "circle", "\0", "club\0",
    ".hidden/club", "nothing", "club.attain/x", "x" * 900, "％2e％2e/secret", "%2e%2e/secret", "shared/../../secret",
]  # fmt: skip


@pytest.mark.parametrize("path", ELSEWHERE)
def test_no_policy_outside_the_folder_is_read(path: str, server: Client) -> None:
    for given in (path, f"{path}.attain"):
        answers = [
            server.ask("/api/assess", {**ABOUT, "policy": given}),
            server.get(f"/api/check?policy={quote(given)}"),
            server.get(f"/api/contents?policy={quote(given)}"),
        ]
        for answer in answers:
            assert answer.json["code"] in ("not-served", "unreadable-question")
            assert SECRET not in answer.text


@pytest.mark.parametrize(
    "path", [*ELSEWHERE, "facts/half", "mapped/us", "club.attain", "package", "facts/tables/Helper.csv"]
)
def test_no_facts_outside_the_folder_are_read(path: str, server: Client) -> None:
    for given in (path, f"{path}.json", f"{path}/tables"):
        if given != "package.json":
            answer = server.ask("/api/assess", {**ABOUT, "facts": given})
            assert answer.json["code"] in ("not-served", "unreadable-question")
            assert SECRET not in answer.text


def test_no_policy_imports_from_outside_the_folder(server: Client) -> None:
    answer = server.get("/api/contents?policy=reaching.attain")
    assert (answer.status, answer.json["code"]) == (403, "imports-from-elsewhere")
    assert server.get("/api/check?policy=reaching.attain").status == 403


def test_the_listing_has_what_can_be_asked_for(server: Client) -> None:
    found = server.get("/api/listing?policy=club.attain").json
    assert [each["path"] for each in found["policies"]] == [
        "broken.attain", "club.attain", "importing.attain", "reaching.attain", "shared/people.attain",
    ]  # fmt: skip
    facts = {each["path"]: (each["form"], each["fits"]) for each in found["facts"]}
    assert facts == {
        "facts/us.json": ("json", True),
        "facts/wrong.json": ("json", True),
        "mapped/us.json": ("json", True),
        "facts/tables": ("folder", True),
        "facts/other.json": ("json", False),
    }
    assert found["complete"] is True
    assert all(each["fits"] is None for each in server.get("/api/listing").json["facts"])


# ------------------------------------------------------------ how much


def test_a_question_is_bounded(server: Client) -> None:
    answer = server.ask("/api/assess", {**ABOUT, "more": "x" * guard.LARGEST_QUESTION})
    assert (answer.status, answer.json["code"]) == (413, "too-large")


def test_a_body_that_does_not_say_how_long_it_is_is_bounded_too(server: Client) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    chunks = (b"x" * 100_000 for _ in range(30))
    try:
        connection.request("POST", "/api/assess", chunks, {"content-type": "application/json"}, encode_chunked=True)
        with connection.getresponse() as answer:
            status = answer.status
    except (BrokenPipeError, ConnectionResetError):  # it did not wait for all of it
        status = 413
    finally:
        connection.close()
    assert status == 413


@pytest.mark.parametrize("length", ["-1", "x", "9" * 40])
def test_a_length_that_is_none_is_refused(length: str, server: Client) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        head = f"POST /api/assess HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}\r\n\r\n"
        connection.sendall(head.encode())
        assert connection.recv(100).split()[1] in (b"400", b"413")


def test_a_body_that_never_comes_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LONGEST_BODY", 0)
    sent: list[Any] = []

    async def reads(_: Any, receive: guard.Receive, __: guard.Send) -> None:
        await receive()

    async def never() -> guard.Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: guard.Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/assess",
        "scheme": "http",
        "headers": [(b"host", b"localhost")],
    }
    asyncio.run(guard.Guard(reads)(scope, never, send))
    assert sent[0]["status"] == 408


def test_nothing_but_requests_is_let_through() -> None:
    asked: list[Any] = []

    async def note(scope: Any, *_: Any) -> None:
        asked.append(scope)

    asyncio.run(guard.Guard(note)({"type": "websocket", "headers": []}, _receive, _send))
    assert asked == []


async def _receive() -> guard.Message:
    return {}


async def _send(_: guard.Message) -> None:
    return None


# ------------------------------------------------------------ uploads


def workbook(*header: str, trained: str = "2024-01-10") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Helper"
    sheet.append(header or ["person", "trained"])
    sheet.append(["ana", trained])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "held"), [("mine.json", FACTS.encode()), ("../../mine.xlsx", workbook()), ("a\\b.json", FACTS.encode())]
)
def test_facts_from_elsewhere_are_assessed_and_can_be_forgotten(name: str, held: bytes, server: Client) -> None:
    made = server("POST", f"/api/uploads?name={quote(name)}", held)
    assert made.status == 201
    assert "/" not in made.json["name"]
    asked = {"policy": "club.attain", "upload": made.json["upload"], "as_of": "2024-06-30"}
    answer = server.ask("/api/assess", asked)
    assert (answer.status, answer.json["measures"][0]["value"]) == (200, "1")
    assert server("DELETE", f"/api/uploads/{made.json['upload']}").status == 204
    assert server.ask("/api/assess", asked).json["code"] == "no-such-upload"
    assert server("DELETE", f"/api/uploads/{made.json['upload']}").status == 404


MAPPING = """
as_of = 2024-06-30
[tables.Helper.fields]
person.from = "Name"
trained = { from = "Trained on", date = "DD.MM.YYYY" }
"""


def test_a_workbook_from_elsewhere_may_bring_its_mapping(server: Client) -> None:
    held = workbook("Name", "Trained on", trained="10.01.2024")
    made = server("POST", "/api/uploads?name=mine.xlsx", held).json["upload"]
    asked = {"policy": "club.attain", "upload": made}
    told = server.ask("/api/assess", asked).json
    assert told["code"] == "facts-mistakes"
    assert {each["file"] for each in told["facts_problems"]} == {"mine.xlsx"}

    for form, status in (("MM/DD/YYYY", 422), ("DD.MM.YYYY", 200)):  # a later mapping takes the place of the first
        mapping = MAPPING.replace("DD.MM.YYYY", form).encode()
        put = server("POST", f"/api/uploads?name=attain-facts.toml&beside={made}", mapping)
        assert (put.status, put.json["upload"]) == (201, made)
        assert server.ask("/api/assess", asked).status == status
    answer = server.ask("/api/assess", asked).json
    assert (answer["measures"][0]["value"], answer["as_of"]) == ("1", "2024-06-30")

    wrong = MAPPING.replace("person", "people").encode()
    server("POST", f"/api/uploads?name=attain-facts.toml&beside={made}", wrong)
    (mistake, *_) = server.ask("/api/assess", asked).json["facts_problems"]
    assert (mistake["file"], mistake["message"]) == ("attain-facts.toml", "no field `people` on `Helper`")


@pytest.mark.parametrize(
    ("name", "beside", "code"),
    [
        ("attain-facts.toml", "", "not-facts"),
        ("attain-facts.toml", "&beside=nothing", "no-such-upload"),
        ("attain-facts.toml", "&beside=JSON", "not-facts"),
        ("facts.json", "&beside=JSON", "not-facts"),
    ],
)
def test_a_mapping_stands_beside_a_workbook(name: str, beside: str, code: str, server: Client) -> None:
    made = server("POST", "/api/uploads?name=x.json", FACTS.encode()).json["upload"]
    answer = server("POST", f"/api/uploads?name={name}{beside.replace('JSON', made)}", MAPPING.encode())
    assert answer.json["code"] == code


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("x.sqlite", b"SQLite format 3\0"),
        ("x.csv", b"a,b"),
        ("x", b"{}"),
        ("x.xlsx", b"{}"),
        ("x.json", b"PK\3\4"),
        ("x.exe", b""),
    ],
)
def test_what_is_no_json_and_no_workbook_is_not_taken(name: str, held: bytes, server: Client) -> None:
    answer = server("POST", f"/api/uploads?name={name}", held)
    assert (answer.status, answer.json["code"]) == (415, "not-facts")


@pytest.mark.parametrize("held", [b"{", b"\xff\xfe", b"[]", b"null", b'{"facts": 3}', b"[" * 100_000])
def test_an_upload_that_is_no_facts_is_a_mistake_in_facts(held: bytes, server: Client) -> None:
    made = server("POST", "/api/uploads?name=x.json", held).json["upload"]
    answer = server.ask("/api/assess", {"policy": "club.attain", "upload": made, "as_of": "2024-06-30"})
    assert (answer.status, answer.json["code"]) == (422, "facts-mistakes")


def test_a_workbook_that_is_none_is_a_mistake_in_facts(server: Client) -> None:
    made = server("POST", "/api/uploads?name=x.xlsx", b"PK\x03\x04 and nothing else").json["upload"]
    answer = server.ask("/api/assess", {"policy": "club.attain", "upload": made, "as_of": "2024-06-30"})
    assert (answer.status, answer.json["code"]) == (422, "facts-mistakes")


def test_an_upload_is_bounded(server: Client) -> None:
    answer = server("POST", "/api/uploads?name=x.json", b" " * (guard.LARGEST_UPLOAD + 1))
    assert (answer.status, answer.json["code"]) == (413, "too-large")


def test_later_uploads_take_the_place_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_UPLOADS", 2)
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    held = uploads.Uploads()
    first, second = (held.add("x.json", b"{}").upload for _ in range(2))
    held.get(first)  # is used, so that the other one goes
    third = held.add("x.json", b"{}").upload
    assert held.get(first).content == held.get(third).content == b"{}"
    with pytest.raises(Refused):
        held.get(second)
    held.add("x.json", b" " * 9)
    with pytest.raises(Refused):
        held.get(first)


def test_a_mapping_counts_among_what_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    held = uploads.Uploads()
    first, second = (held.add("x.xlsx", b"PK\x03\x04").upload for _ in range(2))
    held.add("attain-facts.toml", b"# 45", second)
    assert held.get(second).mapping == b"# 45"
    with pytest.raises(Refused):
        held.get(first)


def test_nothing_stays_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool.tempfile, "tempdir", str(tmp_path))
    with pool._Scratch(pool.Upload("x.xlsx", b"")) as scratch:
        (Path(scratch) / "x.xlsx").write_bytes(b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_listing_reads_no_more_than_it_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").write_text(FACTS, encoding="utf-8")
    (tmp_path / "c.attain").write_text("", encoding="utf-8")
    monkeypatch.setattr(folders, "MOST_READ", len(FACTS) + 1)
    program = read_policy("club.attain", CLUB).program
    found = folders.Folder(tmp_path).listing(program)
    assert [(each.path, each.fits) for each in found.facts] == [("a.json", True), ("b.json", None)]
    monkeypatch.setattr(folders, "MOST_FILES", 2)
    assert folders.Folder(tmp_path).listing().complete is False


def test_a_folder_of_very_many_tables_is_no_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tables").mkdir()
    for name in ("a", "b", "c"):
        (tmp_path / "tables" / f"{name}.csv").write_text("", encoding="utf-8")
    monkeypatch.setattr(folders, "MOST_TABLES", 2)
    with pytest.raises(folders.NotServed):
        folders.Folder(tmp_path).facts("tables")
