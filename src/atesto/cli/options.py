"""Options that several commands share, and the settings that come of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    from atesto.settings import Settings

Config = Annotated[Path | None, typer.Option("--config", help="Configuration file (TOML).", show_default=False)]
Data = Annotated[Path | None, typer.Option("--data", help="Folder of the node's data.", show_default=False)]
Shapes = Annotated[
    Path | None,
    typer.Option(
        "--shapes",
        metavar="DIR",
        help="Folder with the published SHACL shapes of European Digital Credentials: gives their verdict beside ours.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for machines.")]

_ROOT: Final = Path(__file__).resolve().parents[3]


def checkout() -> Path | None:
    """The project's folder when this runs from a checkout, None when atesto is installed."""
    return _ROOT if (_ROOT / "pyproject.toml").is_file() and (_ROOT / "scripts" / "run").is_file() else None


def settings_of(config: Path | None, data: Path | None, **flags: Any) -> Settings:
    """The settings that a command works with. Raises MalformedInput and PolicyDenied `settings.*`."""
    from atesto.settings import load_settings

    return load_settings({"data": data, **flags}, config=config, checkout=checkout())
