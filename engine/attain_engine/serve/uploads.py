"""Facts that were uploaded, in memory, until the server ends or later ones take their place."""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from dataclasses import replace
from typing import Final

from attain_engine.facts.mapping import MAPPING_FILE
from attain_engine.serve.models import Uploaded
from attain_engine.serve.pool import Refused, Upload
from attain_engine.serve.problems import problem

MOST_UPLOADS: Final = 16
MOST_BYTES: Final = 60_000_000
"""All of them together have no more bytes: the oldest go first."""

_UNSAFE = re.compile(r"[^\w .()-]|^\.+", re.ASCII)
_ENDINGS = (".json", ".xlsx", ".xlsm")
_WORKBOOK = b"PK\x03\x04"


class Uploads:
    """What was uploaded, by ids that cannot be guessed."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Upload] = OrderedDict()

    def add(self, name: str, content: bytes, beside: str | None = None) -> Uploaded:
        """Take a file in: facts, or a mapping `beside` the workbook with that id. Raises Refused where facts are
        neither JSON nor a workbook by their name and their first bytes, and where there is no such workbook."""
        plain = _UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2])[-100:] or "facts.json"
        if beside is not None or plain.lower().endswith(".toml"):
            return self._map(plain, content, beside)
        workbook = content.startswith(_WORKBOOK)
        if not plain.lower().endswith(_ENDINGS) or workbook is plain.lower().endswith(".json"):
            fix = "a folder of tables or a database: put it into the folder that is served"
            raise Refused(problem(415, "not-facts", f"`{plain}` is neither a JSON file nor a workbook (.xlsx)", fix))
        made = secrets.token_urlsafe(16)
        self._held[made] = Upload(plain, content)
        self._keep_to_bounds()
        return Uploaded(upload=made, name=plain, bytes=len(content))

    def _map(self, name: str, content: bytes, beside: str | None) -> Uploaded:
        """Put a mapping beside a workbook, in place of one that it had."""
        if not name.lower().endswith(".toml"):
            fix = f"call it `{MAPPING_FILE}`; facts are uploaded without `beside`"
            raise Refused(problem(415, "not-facts", f"`{name}` is no mapping", fix))
        workbook = None if beside is None else self.get(beside)
        if beside is None or workbook is None or not workbook.content.startswith(_WORKBOOK):
            fix = "upload the workbook first, and the mapping `beside` it"
            raise Refused(problem(415, "not-facts", f"`{name}` is a mapping, which stands beside a workbook", fix))
        self._held[beside] = replace(workbook, mapping=content)
        self._keep_to_bounds()
        return Uploaded(upload=beside, name=name, bytes=len(content))

    def _keep_to_bounds(self) -> None:
        while len(self._held) > MOST_UPLOADS or sum(each.size for each in self._held.values()) > MOST_BYTES:
            self._held.popitem(last=False)

    def get(self, made: str) -> Upload:
        """What has this id. Raises Refused."""
        if made not in self._held:
            raise Refused(problem(404, "no-such-upload", "these facts are not there any more", "upload them again"))
        self._held.move_to_end(made)
        return self._held[made]

    def remove(self, made: str) -> None:
        """Forget what has this id. Raises Refused."""
        self.get(made)
        del self._held[made]
