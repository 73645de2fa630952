"""Write the JSON Schemas of all answers into docs/schemas: `make documents` runs it."""

from __future__ import annotations

from pathlib import Path

from attain_engine.report.schemas import schemas, texts
from attain_engine.serve.models import SERVED

FOLDER = Path(__file__).parent / "schemas"


def main() -> None:
    """Make the folder hold exactly the schemas."""
    FOLDER.mkdir(exist_ok=True)
    found = schemas() | texts(SERVED)
    for stale in {path.name for path in FOLDER.glob("*.json")} - found.keys():
        (FOLDER / stale).unlink()
    for name, text in found.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
