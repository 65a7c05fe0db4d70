"""Commands by which editions go out as files of other tools, and come back."""

import sys
from collections.abc import Callable
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from edu.commands.content import export_group, import_group, require_tag
from edu.commands.saying import FILE, stop
from edu.doors import today
from edu.editions.parts import Part, modules, parts_of
from edu.editions.po import export_po
from edu.editions.workplace.adapting import Moved
from edu.exchange import tbx
from edu.exchange.bringing_in import Plan, bring_in, plan
from edu.exchange.comparing import Deed
from edu.exchange.formats import FORMATS, Format
from edu.exchange.glossary import bring_terms, glossary_of, plan_terms
from edu.exchange.going_out import parcel_of
from edu.exchange.notices import Notice
from edu.exchange.unit import Parcel
from edu.exchange.whole_lesson import parcel_of_lesson
from edu.gate.gate import admit_path
from edu.lessons.mistakes import Broken
from edu.settings import Settings

__all__ = ["export_group", "import_group"]

_INTO = click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="write there")
_LOOK = click.option("--look", is_flag=True, help="only say what it would do")


def _root() -> Path:
    settings: Settings = current_app.extensions["settings"]
    return settings.root


def _write(content: bytes, name: str, into: Path | None) -> None:
    if into is None:
        sys.stdout.buffer.write(content)
        return
    into.mkdir(parents=True, exist_ok=True)
    (into / name).write_bytes(content)


def _exporter(format: Format) -> Callable[..., None]:
    def command(tag: str, module: str | None, part: str, into: Path | None) -> None:
        require_tag(tag)
        if module is None:
            _export_all(format, tag, into)
            return
        with current_app.extensions["database"].session(reading=True) as session:
            try:
                parcel = parcel_of(session, _root(), tag, module, part)
            except KeyError as missing:
                raise click.UsageError(f"there is no {missing.args[0]}") from missing
        _write(format.write(parcel), f"{tag}-{part or module}.{format.ending}", into)

    return command


def _export_all(format: Format, tag: str, into: Path | None) -> None:
    """Without a module: every PO file of a language, in the layout of `translations/`."""
    if format.name != "po" or into is None:
        raise click.UsageError("name a module, such as m1")
    into.mkdir(parents=True, exist_ok=True)
    with current_app.extensions["database"].session(reading=True) as session:
        for name in modules(_root()):
            text = export_po(session, _root(), tag, name)
            (into / f"{name}.po").write_text(text, encoding="utf-8")


def _importer(format: Format) -> Callable[..., None]:
    def command(tag: str, files: tuple[Path, ...], look: bool) -> None:
        require_tag(tag)
        try:
            read = [(file, format.read(admit_path(format.name, file))) for file in files]
        except Broken as refused:
            stop(refused.mistakes)
        _bring(tag, [(file, _module_of(parcel, file), parcel) for file, parcel in read], look=look)

    return command


def _module_of(parcel: Parcel, file: Path) -> str:
    """Which module a file is for: it says so itself, or by its name."""
    module = parcel.module or file.stem
    if module not in modules(_root()):
        raise click.UsageError(f"{file.name}: name a file by its module, such as m1{file.suffix}")
    return module


def _bring(tag: str, parcels: list[tuple[Path, str, Parcel]], *, look: bool) -> None:
    """All files, or none of them."""
    said: list[str] = []
    with current_app.extensions["database"].work() as session:
        for file, module, parcel in parcels:
            would = plan(session, _root(), tag, module, parcel)
            _tell(file, (*would.refused, *would.notices))
            if would.refused:
                session.rollback()
                raise SystemExit(1)
            if not look:
                _bring_in(session, would, file)
            said.append(f"{file.name}: {_counts(would)}")
    for line in said:
        click.echo(line)


def _bring_in(session: Session, would: Plan, file: Path) -> None:
    try:
        bring_in(session, _root(), would, member_id=None, file=file.name)
    except Moved as moved:
        message = "somebody has just saved a block; nothing was changed, say it once more"
        raise click.ClickException(f"{file.name}: {message}") from moved


def _counts(would: Plan) -> str:
    asked, remarks = would.count(Deed.ASK), would.remarks
    told = [f"{would.count(Deed.TAKE)} texts"]
    told += [f"{asked} to choose in the browser"] if asked else []
    return ", ".join([*told, f"{remarks} remarks"] if remarks else told)


def _tell(file: Path, notices: tuple[Notice, ...]) -> None:
    for each in notices:
        words = ": ".join(filter(None, (each.text[:80], each.detail[:80])))
        click.echo(f"{file}:{each.place}: {each.sort}: {words}", err=True)


def _join() -> None:
    for format in FORMATS.values():
        name = format.name
        out = click.option("--part", default="", help="one part only")(_exporter(format))
        out = click.argument("module", required=name != "po")(_INTO(out))
        out = click.argument("tag")(with_appcontext(out))
        described = f"The edition of TAG for MODULE as {name.upper()}."
        export_group.command(name, help=described)(out)
        come = click.argument("files", type=FILE, nargs=-1, required=True)(_importer(format))
        come = click.argument("tag")(_LOOK(with_appcontext(come)))
        described = f"{name.upper()} FILES as drafts into the editions of TAG."
        import_group.command(name, help=described)(come)


_join()


@import_group.command("markdown")
@click.argument("tag")
@click.argument("part")
@click.argument("file", type=FILE)
@_LOOK
@with_appcontext
def import_markdown_command(tag: str, part: str, file: Path, look: bool) -> None:
    """A whole lesson in Markdown as drafts for PART (such as m1.1) into the edition of TAG."""
    require_tag(tag)
    found = {name: each for module in modules(_root()) for name, each in _parts(module)}
    if part not in found:
        raise click.UsageError(f"there is no lesson {part}")
    try:
        text = admit_path("markdown", file).content.decode("utf-8-sig")
    except Broken as refused:
        stop(refused.mistakes)
    parcel = parcel_of_lesson(tag, found[part], text)
    _bring(tag, [(file, found[part].module, parcel)], look=look)


def _parts(module: str) -> list[tuple[str, Part]]:
    return [
        (name, part)
        for name, part in parts_of(_root(), module).items()
        if part.file.suffix == ".md"
    ]


@export_group.command("tbx")
@click.argument("tag")
@_INTO
@with_appcontext
def export_tbx_command(tag: str, into: Path | None) -> None:
    """The glossary of TAG, and its words to avoid, as TBX."""
    require_tag(tag)
    with current_app.extensions["database"].session(reading=True) as session:
        content = tbx.write(tag, glossary_of(session, tag))
    _write(content, f"{tag}.tbx", into)


@import_group.command("tbx")
@click.argument("tag")
@click.argument("file", type=FILE)
@_LOOK
@with_appcontext
def import_tbx_command(tag: str, file: Path, look: bool) -> None:
    """A TBX FILE as drafts into the glossary of TAG."""
    require_tag(tag)
    try:
        terms, _unknown = tbx.read(admit_path("tbx", file).content, str(file), tag)
    except Broken as refused:
        stop(refused.mistakes)
    with current_app.extensions["database"].work() as session:
        click.echo(f"{file.name}: {_bring_terms(session, tag, file, terms, look=look)} entries")


def _bring_terms(
    session: Session, tag: str, file: Path, terms: list[tbx.Term], *, look: bool
) -> int:
    steps = plan_terms(session, tag, terms)
    _tell(file, tuple(notice for step in steps for notice in step.notices))
    if look:
        return sum(step.deed is Deed.TAKE for step in steps)
    try:
        return bring_terms(session, tag, steps, member_id=None, today=today())
    except LookupError as missing:
        message = f"{tag} has no profile yet; make one under Communities first"
        raise click.ClickException(message) from missing
