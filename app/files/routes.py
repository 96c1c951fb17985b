"""What a page asks for beside its session: an experiment in words, and what a file opens.

Each answer has status 200: what cannot be is told under `fault`, in a sentence for the person.
"""

import asyncio
import json

from tornado.web import RequestHandler

from app.files.command import command
from app.files.name import name_of
from app.files.opened import VIEW, link_of
from app.files.sending import Made
from app.files.snippet import snippet
from app.files.table import PROGRAM, controls_in, freed, state, table_of, toml
from app.lab.address import read_address, view_query
from app.lab.links import to_query
from app.lab.model import Lab
from app.telling import refusal, subject
from app.web.answers import language_of
from locales.language import speaking
from solver.errors import InvalidInput


def told(query: str) -> dict[str, str]:
    """The experiment of a link, in all forms in which it is text."""
    address = read_address(query)
    values = address.values
    controls = controls_in(values)
    source, table, name = freed(controls.source()), table_of(controls), name_of(controls)
    file = f"{name}.toml"
    return {
        "name": name,
        "program": PROGRAM,
        "subject": subject(controls.experiment()),
        "link": to_query(Lab(**values)),
        "command": command(table, file),
        "python": snippet(source, table, controls.mass),
        "toml": f"# {PROGRAM}: tunnelscope run {file}\n{VIEW}{view_query(address)}\n{toml(table)}",
        "json": state(values, address.moment),
    }


class Answer(RequestHandler):
    """Answers a question with a table of texts, or with a sentence why there is none."""

    async def get(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", "application/json; charset=utf-8")
        with speaking(language_of(self.request)):
            try:
                found = await asyncio.to_thread(self.answer)
            except InvalidInput as error:
                found = {"fault": refusal(error)}
        self.finish(json.dumps(found, ensure_ascii=False))

    def answer(self) -> dict[str, str]:
        raise NotImplementedError


class Forms(Answer):
    """The experiment of a link."""

    def answer(self) -> dict[str, str]:
        return told(self.request.query)


class Opened(Answer):
    """The link of a text."""

    def answer(self) -> dict[str, str]:
        return {"link": link_of(self.get_query_argument("text", "", strip=False))}


ROUTES = (
    (r"/files/words", Forms),
    (r"/files/opened", Opened),
    (r"/files/run\.(nc|gif)", Made),
)
