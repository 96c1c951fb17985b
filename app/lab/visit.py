"""A visitor's page: the guide, the controls and the stage, wired together."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from functools import partial
from logging import getLogger
from threading import Event
from time import perf_counter
from typing import Any

import panel as pn
import param
from panel.models.katex import KaTeX

from app.lab import links
from app.lab.address import Address, read_address, step_address
from app.lab.compute import LONG_LANE, Compute, Latest, Overrun, allowed
from app.lab.controls import ControlsCard
from app.lab.guide import Guide, Navigation
from app.lab.guide_view import lesson_of, page_of, passed_over, quick_view, shown_step, view_of
from app.lab.measuring import answer
from app.lab.model import Lab
from app.lab.side_by_side import names_on_stage, sources
from app.modules import text
from app.operate import metrics
from app.shell import make_page
from app.stage.cards import TO_CHOOSE, are_fed, asked, feeds
from app.stage.component import Scene, Stage
from app.stage.of_run import OF_FRAME
from app.stage.solved import Abandoned, Asked, Solved, one_frame, solve
from app.telling import refusal, require_short, wait_told
from app.web.limits import USUAL, Limits
from lessons.content import live_settings, names_of
from lessons.goals import Condition, conditions
from lessons.lesson import GoalQuestion, Step
from lessons.library import Library
from locales.language import mark, say, speaking, spoken
from solver import InvalidInput
from solver.controls import Controls
from solver.ensemble import Ensemble
from solver.experiment import Experiment
from solver.measurement.measured import Measured
from solver.own.formulas import BadFormula

PATIENCE = 0.003
"""Seconds that a preview waits for the run that a released slider asks for."""

SOON = 0.2
"""Seconds in which a run is here that nobody needs to be told of: they would see it pass."""

GIVEN_UP = mark("Cancelled: the picture is not of these settings. Change a control to run again.")

FAILED = mark("The server failed at this ({error}); its log says why.")

compute = Compute()
logger = getLogger(__name__)


class Visit:
    """One visitor's choices and what is shown; nothing is shared but the compute pool."""

    def __init__(self, query: str, library: Library, limits: Limits = USUAL) -> None:
        self.library, self.limits, self.language = library, limits, spoken()
        self.lab = Lab()
        self.stage = Stage(sizing_mode="stretch_width", min_height=400)
        self.guide = Guide(
            address=query, math_url=KaTeX.__javascript__[0], sizing_mode="stretch_width"
        )
        self.controls = ControlsCard(
            self.lab, self._on_drag, self._on_release, sizing_mode="stretch_width"
        )
        self.latest, self.given_up = Latest(), Event()
        self.frame: Future[Solved] = Future()
        self.step: Step | None = None
        self.ignored: list[str] = []
        self.time: float | None = None
        self.look: str | None = None
        self.address, self.leaving = query, False
        self.on_stage: dict[str, Controls] = {}
        self.measured: Measured | None = None
        self.layout = self.make_layout()
        address = read_address(query)
        self.settle(address, quick_view(address, library))
        self.guide.param.watch(self._on_address, "address")
        self.guide.param.watch(self._on_again, "again")
        self.stage.param.watch(self._on_cancel, "cancelled")
        self.stage.param.watch(self._on_choice, "chosen")
        self.stage.param.watch(self._on_measure, "measure")

    def _on_drag(self) -> None:
        """A control moves: the frame on screen."""
        alone = self.step is None or len(self.step.settings) == 1
        if self.lab.chosen.alone and alone and not self.leaving:
            self.start(self.preview)

    def _on_release(self) -> None:
        """A control was let go, or a number entered: the run, and in the lab a new address."""
        if self.leaving or not self.stage.visible:
            return
        self.measured = None
        if self.step is None:
            self.write_address()
        self.start(self.solve)

    def write_address(self) -> None:
        """The address is that of the lab as it stands."""
        self.address = links.to_query(self.lab)
        self.guide.address = self.address

    def _on_choice(self, *events: param.parameterized.Event) -> None:
        """In the lab a person chose what stands below."""
        show = [name for name in TO_CHOOSE if name in self.stage.chosen]
        if self.leaving or self.step is not None or show == self.lab.show:
            return
        self.lab.show = show
        self.stage.param.update(cards=show, beforehand=show)
        self.write_address()
        coming = bool(self.stage.waiting)  # a long run, which brings all that is shown by then
        if self.stage.lacks(show) and not coming:
            self.start(self.add)

    def _on_measure(self, *events: param.parameterized.Event) -> None:
        """A person asks whether the particle is behind the barrier, or takes that back."""
        if not self.leaving and self.stage.visible:
            self.start(self.measure)

    def _on_address(self, *events: param.parameterized.Event) -> None:
        """A person went elsewhere, or back, unless it is what was just written here."""
        if self.guide.address != self.address:
            self.address, self.leaving = self.guide.address, True
            self.start(self.open)

    def _on_again(self, *events: param.parameterized.Event) -> None:
        self.leaving = True
        self.start(partial(self.open, restart=True))

    def start(self, job: Callable[[], Awaitable[None]]) -> None:
        """Do this now, or as soon as what is being done is over.

        A long run is given up for it, and for all but the next frame of a drag one that waits.
        """
        if self.stage.waiting:
            self.given_up.set()
        if job != self.preview:
            frame, self.frame = self.frame, Future()
            frame.cancel()
        pn.state.execute(partial(self.latest.run, partial(self.explained, job)))

    async def explained(self, job: Callable[[], Awaitable[None]]) -> None:
        """Do this; an error that nobody foresaw is logged, and told on the page."""
        with speaking(self.language):
            try:
                await job()
            except Exception as error:
                logger.exception("A visitor's request failed")
                self.stage.message = say(FAILED, error=type(error).__name__)

    def _on_cancel(self, *events: param.parameterized.Event) -> None:
        self.given_up.set()

    async def open(self, restart: bool = False) -> None:
        """Show what the address asks for; a step begins at its start, the lab goes on."""
        address = read_address(self.guide.address)
        view = await asyncio.to_thread(view_of, address, self.library)
        before, self.leaving = self.step, False
        self.settle(address, view)
        if view["kind"] == "step" and self.ignored:
            self.address = step_address(view["slug"], view["number"], address.teach)
            self.guide.address = self.address
        if self.stage.visible:
            await self.solve(restart=restart or self.step is not before)

    def settle(self, address: Address, view: dict[str, Any]) -> None:
        """Put everything in its place for a view: the step, the controls, what stands where."""
        playing = view["kind"] in ("step", "wait")
        lesson = lesson_of(address, self.library) if playing else None
        self.step = lesson.steps[shown_step(address, lesson) - 1] if lesson else None
        self.shown = page_of(view, self.guide.again)
        self.ignored = list(passed_over(address, lesson))
        self.time, self.look, self.measured = address.time, address.look, None
        self.pin, self.pinned = address.pin, address.pinned
        self.lab.param.update(**self.start_values(address.values))
        self.controls.put(self.free(), only=self.has_goal)
        self.set_places("step" if lesson else view["kind"])
        notes = [] if self.stage.visible else self.ignored
        self.guide.param.update(
            reached=False,
            conditions=[],
            view=view | {"notes": notes},
        )
        self.stage.param.update(
            cards=self.cards(True), beforehand=self.cards(False), chosen=self.lab.show
        )

    def start_values(self, values: dict[str, Any]) -> dict[str, Any]:
        """All controls: the step's first run, or the lab's defaults with the address's values."""
        if self.step is None:
            return {**links.DEFAULTS, **values}
        first = next(iter(self.step.settings.values()))
        preset = {name: getattr(first, name) for name in Controls.names()}
        return {**preset, "held": self.step.held or "none"}

    def free(self) -> frozenset[str] | None:
        """The controls that the step unlocks; None in the lab, where all are free."""
        if self.step is None:
            return None
        return frozenset((*self.step.unlock, *(["held"] if self.step.held else [])))

    def set_places(self, kind: str) -> None:
        """What stands where: the lab and a step have a stage, other pages are text."""
        played = kind in ("lab", "step")
        place = {"lab": "lab", "step": "lesson"}.get(kind, "text")
        self.layout.css_classes = [place, "goal"] if self.has_goal else [place]
        self.guide.css_classes = [place]
        self.controls.visible = self.stage.visible = played
        self.stage.param.update(autoplay=self.step is None)

    @property
    def has_goal(self) -> bool:
        return self.step is not None and isinstance(self.step.question, GoalQuestion)

    def cards(self, told: bool) -> list[str]:
        """What stands below the wave packet, now or once the question is explained."""
        if self.step is None:
            return list(self.lab.show)
        return [name for name in self.step.show if told or name in self.step.beforehand]

    async def settings(self) -> dict[str, Controls]:
        """The settings to be solved: one, or two in a step that compares.

        What is held equal can take a while to find, in which others are answered.
        """
        if self.step is None:
            return {"run": self.lab.chosen}
        held = None if self.lab.held == "none" else self.lab.held
        return await asyncio.to_thread(live_settings, self.step, self.lab.chosen, held)

    def sources(self, settings: dict[str, Controls]) -> list[Experiment | Ensemble | Measured]:
        """What is solved of them: as long as they stand, with what was measured."""
        found, measured = sources(settings), self.measured
        return [measured] if measured and found == [measured.experiment] else [*found]

    async def measure(self) -> None:
        """Draw the answer with the run's own probability, and go on from its wave."""
        self.measured = None
        try:
            found = sources(await self.settings())
            self.measured = await answer(compute, found, self.stage.measure, self.limits)
        except (InvalidInput, BadFormula, Overrun) as error:
            self.stage.message = refusal(error)
            return
        await self.solve()

    def wanted(self, settings: dict[str, Controls]) -> list[Asked]:
        """What is asked of each of the sources, with what is shown below."""
        return [asked(self.step, source, self.lab.show) for source in self.sources(settings)]

    async def pinned_block(self) -> bytes | None:
        """The run that a link has pinned; why it cannot be shown is told beside the other."""
        if not self.pin:
            return None
        try:
            (found,) = await self.solved([Asked(Controls(**self.pinned).source())])
        except (InvalidInput, Overrun) as error:
            self.ignored.append(say("The pinned run: {told}", told=refusal(error)))
            self.pin = ""
            return None
        return found.block

    async def solve(self, restart: bool = False) -> None:
        """Solve the runs and give them to the stage, or tell why they cannot be solved."""
        late = asyncio.get_running_loop().call_later(SOON, self.tell_busy)
        step, page, begun = self.step, self.shown, perf_counter()
        try:
            settings = await self.settings()
            solved = await self.solved(self.wanted(settings))
            pinned = await self.pinned_block()
            show = step.show if step else self.lab.show
            feeding = partial(feeds, show, step, settings, solved)
            fed = await asyncio.to_thread(feeding) if are_fed(show) else {}
            blocks = tuple(one.block for one in solved)
            scene = Scene(
                runs=blocks,
                names=names_on_stage(settings),
                blocks=fed,
                restart=restart,
                page=page,
                time=self.time,
                look=self.look,
                pin=self.pin,
                pinned=pinned,
            )
            self.stage.play(scene)
            self.time = self.look = self.pin = None
            self.on_stage = settings
            metrics.release_time.observe(perf_counter() - begun)
            self.stage.message = " ".join(self.ignored)
            if step is not None and isinstance(step.question, GoalQuestion):
                numbers = (one.numbers for one in solved)
                known = names_of(settings, dict(zip(settings, numbers, strict=True)))
                found = await asyncio.to_thread(conditions, step.question.goal, known)
                self.tell_goal(found, page)
        except (InvalidInput, BadFormula, Overrun) as error:
            self.stage.message, self.measured = refusal(error), None
        except Abandoned:
            self.stage.message = "" if self.latest.outdated else say(GIVEN_UP)
        finally:
            late.cancel()
            if self.stage.busy or self.stage.waiting:
                self.stage.param.update(busy=False, waiting="")
            self.ignored = []

    async def add(self) -> None:
        """Give the stage what cards need that were chosen after the run came.

        If the run on stage is not of these settings, this stands where one that waited stood.
        """
        show, settings = self.stage.lacks(self.lab.show), await self.settings()
        if settings != self.on_stage:
            await self.solve()
            return
        try:
            solved = await self.solved(self.wanted(settings))
            self.stage.add(await asyncio.to_thread(feeds, show, self.step, settings, solved))
        except (InvalidInput, Overrun) as error:
            self.stage.message = refusal(error)
        except Abandoned:
            self.stage.message = ""  # what it was given up for brings all blocks
        finally:
            self.stage.waiting = ""

    def tell_busy(self) -> None:
        """A run is being solved, and is not here soon."""
        self.stage.busy = True

    def tell_goal(self, found: list[Condition], page: str) -> None:
        """Tell a goal's conditions, after what `settle` wrote of them before.

        Trap: a change that finds the document free goes out at once, before one that waits for it.
        """
        listed, reached = [vars(one) for one in found], all(one.met for one in found)
        tell: Callable[[], Any] = partial(
            self.guide.param.update, conditions=listed, reached=reached, judged=page
        )
        pn.state.execute(tell, schedule=True)

    async def solved(self, wanted: list[Asked]) -> list[Solved]:
        """What was asked, solved; how long it takes is told, if long, and a person may give up."""
        given_up = self.given_up = Event()
        missing = [one.source for one in wanted if not compute.knows(one)]
        seconds = sum(source.expected_seconds for source in missing)
        require_short(seconds, self.limits.run_seconds)
        self.stage.waiting = wait_told(seconds, compute.long_runs if seconds > LONG_LANE else 0)
        jobs = [
            compute.submit(one, partial(solve, one, given_up), one.source.expected_seconds)
            for one in wanted
        ]
        try:
            return [
                await compute.result(one, job, allowed(one.source.expected_seconds))
                for one, job in zip(wanted, jobs, strict=True)
            ]
        except Overrun:
            given_up.set()
            raise
        except Abandoned:
            if given_up.is_set():
                raise
            return await self.solved(wanted)  # somebody who had asked before gave up, or overran

    async def preview(self) -> None:
        """Solve only up to the frame on screen, in draft quality, unless the drag is over."""
        await asyncio.sleep(PATIENCE)
        if self.latest.outdated:
            return
        time = round(self.stage.playhead, 2)
        try:
            experiment = self.lab.chosen.changed(quality="draft").experiment()
            cards = tuple(name for name in self.stage.cards if name in OF_FRAME)
            wanted = experiment, time, cards
            frame = self.frame = compute.submit_frame(wanted, partial(one_frame, *wanted))
            found = await compute.result(wanted, frame, allowed(0.0))
            self.stage.preview(found.block, found.cards)
        except (InvalidInput, Overrun) as error:
            self.stage.message = refusal(error)
        except Abandoned:
            if self.frame is frame:  # somebody else who had asked for it has let go
                await self.preview()
        finally:
            self.frame = Future()

    def make_layout(self) -> Any:
        """Guide, controls and stage; in the browser the guide has the others at their places."""
        self.controls.css_classes = ["controls"]
        self.stage.css_classes = ["stage"]
        parts = (self.guide, self.controls, self.stage)
        return pn.Column(*parts, sizing_mode="stretch_width", stylesheets=[text("page.css")])

    def page(self) -> Any:
        """The whole page."""
        page = make_page([Navigation(frames=list(self.limits.embed_from))], [self.layout])
        pn.state.onload(partial(self.latest.run, partial(self.explained, self.open)))
        return page
