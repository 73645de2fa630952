"""Facts that were uploaded, in memory, until the server ends or later ones take their place."""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from typing import Final

from attain_engine.serve.models import Uploaded
from attain_engine.serve.pool import Refused, Upload
from attain_engine.serve.problems import problem

MOST_UPLOADS: Final = 16
MOST_BYTES: Final = 60_000_000
"""All of them together have no more bytes: the oldest go first."""

_UNSAFE = re.compile(r"[^\w .()-]|^\.+", re.ASCII)
_ENDINGS = (".json", ".xlsx", ".xlsm")


class Uploads:
    """What was uploaded, by ids that cannot be guessed."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Upload] = OrderedDict()

    def add(self, name: str, content: bytes) -> Uploaded:
        """Take a file in. Raises Refused where it is neither JSON nor a workbook by its name and its first bytes."""
        plain = _UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2])[-100:] or "facts.json"
        workbook = content.startswith(b"PK\x03\x04")
        if not plain.lower().endswith(_ENDINGS) or workbook is plain.lower().endswith(".json"):
            fix = "a folder of tables or a database: put it into the folder that is served"
            raise Refused(problem(415, "not-facts", f"`{plain}` is neither a JSON file nor a workbook (.xlsx)", fix))
        made = secrets.token_urlsafe(16)
        self._held[made] = Upload(plain, content)
        while len(self._held) > MOST_UPLOADS or sum(len(each.content) for each in self._held.values()) > MOST_BYTES:
            self._held.popitem(last=False)
        return Uploaded(upload=made, name=plain, bytes=len(content))

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
