"""`attain schema`."""

from __future__ import annotations

import json

from tests.cli.conftest import Attain, Write


def test_the_command_prints_the_schema(attain: Attain, write: Write) -> None:
    write("club.attain", 'policy club "Club"\n\nrecord Visit\n  room text\n  nights count 1 to 30\n')
    result = attain("schema", "club.attain")
    assert (result.code, result.err) == (0, "")
    schema = json.loads(result.out)
    assert schema["title"] == "Facts for Club"
    assert schema["$defs"]["club.Visit"]["properties"]["nights"] == {"type": "integer", "minimum": 1, "maximum": 30}


def test_the_command_refuses_a_policy_with_mistakes(attain: Attain, write: Write) -> None:
    write("club.attain", 'policy club "Club"\n\nrecord Visit\n  room txt\n')
    result = attain("schema", "club.attain")
    assert (result.code, result.out) == (2, "")
    assert "error[" in result.err
