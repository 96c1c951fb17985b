"""`tunnelscope lessons`: check lessons, and begin a new one."""

from pathlib import Path
from typing import Annotated

import typer

lessons = typer.Typer(help="Check lessons, or begin a new one.")

Folder = Annotated[
    Path | None,
    typer.Option("--lessons", help="Folder of the lessons.", file_okay=False, exists=True),
]


@lessons.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Only these files.")] = None,
    folder: Folder = None,
) -> None:
    """Try every reference, claim and key of every lesson; exit code 1 if one fails."""
    from lessons.content import problems
    from lessons.library import OURS, Broken, Library
    from lessons.yaml_reader import shown
    from solver.errors import require_choice

    entries = {entry.file.name: entry for entry in Library(folder or OURS).entries()}
    for file in files or []:
        require_choice("a lesson", file.name, tuple(entries))
    wanted = [file.name for file in files] if files else list(entries)
    count = 0
    for name in wanted:
        entry = entries[name]
        found = [entry.reason] if isinstance(entry, Broken) else list(map(str, problems(entry)))
        count += len(found)
        told = "ok" if not found else f"{len(found)} to mend"
        typer.echo(f"{shown(entry.file)}: {told}")
        for text in found:
            typer.echo(f"  {text}")
    if count:
        raise typer.Exit(1)


@lessons.command()
def new(
    slug: Annotated[str, typer.Argument(help="Name in addresses, such as thin-barriers.")],
    folder: Folder = None,
) -> None:
    """Write a commented template NN-SLUG.md, ready to be changed."""
    from lessons.library import Library
    from lessons.reading import slug_of
    from lessons.template import TEMPLATE
    from solver.writing import writing

    place = folder or Path()
    numbers = [int(file.name[:2]) for file in Library(place).files() if file.name[:2].isdigit()]
    file = place / f"{max(numbers, default=0) + 1:02d}-{slug}.md"
    slug_of(file)
    with writing(file) as beside:
        beside.write_text(TEMPLATE, "utf-8")
    typer.echo(f"Wrote {file}. Check it with: tunnelscope lessons check --lessons {place}")
