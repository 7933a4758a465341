"""Writes tests/recorded/records.json anew from fixed keys. What `./scripts/record` starts.

A difference means that what is hashed or signed has changed: credentials issued before may no longer verify. Say so in CHANGELOG.md.
"""

from __future__ import annotations

import asyncio
import sys

from tests.recorded.records import FILE, records, written


def main() -> int:
    made = asyncio.run(records())
    data = written(made)
    changed = not FILE.exists() or FILE.read_bytes() != data
    FILE.write_bytes(data)
    print(f"{FILE.name}: {len(made)} records, {'changed' if changed else 'as before'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
