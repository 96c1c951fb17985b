"""No text of the page stands outside the catalogs; the language is chosen, and kept."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import AS_IT_IS, LAB, LAZY, serving
from tests.browser.staying import GO, GUIDE, STAGE, Staying, go_on
from tests.kinds import Visit

pytestmark = pytest.mark.browser

SPEAK = "from tests.browser import marked; marked.speak(); "
MARKED = ("-c", f"{SPEAK}{LAZY}{AS_IT_IS}", *LAB[2:])
TEXTS = (Path(__file__).parent / "unmarked.js").read_text("utf-8")
INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[A-Za-zÀ-ž]{2,}")
SAME = {
    *(
        "Tunnelscope",
        "English",
        "Bahasa",
        "Indonesia",
        "Marked",
        "EO",
        "eV",
        "nm",
        "fs",
        "Re",
        "Im",
    ),
    *("GIF", "PNG", "SVG", "CSV", "NetCDF", "Python", "TOML", "JSON"),
    *("Kolmogorov", "Smirnov", "Mann", "Whitney", "Mood"),
}
"""Names, units and signs, which are the same in every language."""


@pytest.fixture(scope="module")
def marked(browser: Browser) -> Iterator[Page]:
    """The lab, loaded in the language in which all that is in a catalog is marked."""
    with serving(*MARKED) as address:
        staying = Staying(browser, f"{address}?lang=eo")
        staying.faults.address = address
        yield staying.loaded()
        assert staying.faults.told() == []


def texts_outside(page: Page) -> list[tuple[str, str]]:
    """What on the page has a word that is in no catalog, and where it stands."""
    return [(text, place) for text, place in page.evaluate(TEXTS) if words_outside(text)]


def words_outside(text: str) -> list[str]:
    while INNERMOST.search(text):
        text = INNERMOST.sub(" ", text)
    return [word for word in WORD.findall(text) if word not in SAME]


def turn_to(page: Page, query: str) -> None:
    """Go on to a page that has no run."""
    kind = page.locator(GUIDE).get_attribute("data-view")
    page.evaluate(GO, query)
    page.wait_for_function(
        "([guide, kind]) => guide.dataset.view !== kind && guide.dataset.view !== 'wait'",
        arg=[page.locator(GUIDE).element_handle(), kind],
    )


def test_a_text_without_its_mark_is_found(marked: Page) -> None:
    marked.evaluate("document.body.append('Nobody marked 3 eV of this'); document.title = 'Bare'")
    found = [text for text, _ in texts_outside(marked)]
    marked.evaluate("document.body.lastChild.remove(); document.title = 'Tunnelscope'")
    assert found == ["Nobody marked 3 eV of this", "Bare"]


def test_no_text_of_the_lab_stands_outside_the_catalogs(marked: Page) -> None:
    views = "buttons => buttons.map(button => button.dataset.view.replaceAll(' ', '-')).join('+')"
    show = marked.locator("[data-view]").evaluate_all(views)
    go_on(marked, f"?show={show}")
    marked.locator(f"{STAGE} .extra.clicks [data-send='10']").click()
    assert texts_outside(marked) == []
    header = (f".ts-bar [aria-label*={name}]" for name in ("Keys", "Share", "Colors"))
    for button in (*header, "button.save"):
        marked.locator(button).click()
        marked.locator("dialog[open]").wait_for()
        assert texts_outside(marked) == []
        marked.keyboard.press("Escape")
    with marked.expect_request("**/files/words?*") as asked:
        marked.locator("button.save").click()
    assert "lang=eo" in asked.value.url
    marked.keyboard.press("Escape")
    # Names in the address are a person's own: they stand in a text as they are.
    go_on(marked, "?shape=Double&environment=Dephasing&t2=10&height=99&t=999")
    assert texts_outside(marked) == []
    entry = marked.locator("[data-name=width] [role=spinbutton]")
    for typed in ("much", "77", ""):
        entry.fill(typed)
        entry.press("Enter")
        assert texts_outside(marked) == []
    go_on(marked, "?case=rectangular")
    assert texts_outside(marked) == []


@pytest.mark.parametrize(
    "query",
    [
        "?lesson=what-tunneling-is&step=1",
        "?lesson=what-tunneling-is&step=5",
        "?lesson=rectangle-against-gaussian&step=1",
        "?lesson=what-a-number-means&step=3&teach=1",
    ],
)
def test_no_text_of_a_lesson_stands_outside_the_catalogs(marked: Page, query: str) -> None:
    go_on(marked, query)
    assert texts_outside(marked) == []
    if marked.locator(".question input").count():
        marked.locator(".question button[type=submit]").click()
        assert texts_outside(marked) == []
    if marked.locator(".question [type=radio]").count():
        marked.locator(".question [type=radio]").first.check()
        marked.locator(".question button[type=submit]").click()
        marked.locator(f"{STAGE} [data-do=play]").click()
        marked.keyboard.press("End")
    if "teach" not in query:
        marked.locator(".explanation:visible, .goal").first.wait_for()
    if marked.locator("[data-reveal]").count():
        marked.locator("[data-reveal]").click()
    assert texts_outside(marked) == []


def test_no_text_of_other_pages_stands_outside_the_catalogs(marked: Page) -> None:
    for query in (
        "?lessons&teach=1",
        "?lesson=nowhere",
        "?lesson=what-tunneling-is&print=1&answers=1",
    ):
        turn_to(marked, query)
        assert texts_outside(marked) == [], query


def test_no_text_of_the_mystery_barrier_stands_outside_the_catalogs(
    browser: Browser, marked: Page
) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.goto(f"{marked.url.split('?')[0]}?mystery&lang=eo")
    root = page.locator(".ts-mystery")
    page.wait_for_selector(".ts-mystery[data-rounds='1']", timeout=180_000)
    assert texts_outside(page) == []
    root.locator("[data-do=fire]").click()
    page.wait_for_selector(".ts-mystery[data-rounds='2']")
    root.locator("[data-do=hint]").click()
    expect(root.locator(".hint")).not_to_be_empty()
    assert texts_outside(page) == []
    root.locator("[data-do=propose]").click()
    root.locator(".reveal tr").first.wait_for()
    assert texts_outside(page) == []
    page.close()


def said(address: str, accepted: str = "") -> str:
    """What a server answers, an error's page too."""
    try:
        with urlopen(Request(address, headers={"Accept-Language": accepted})) as answer:
            return str(answer.read().decode())
    except HTTPError as error:
        return error.read().decode()


def test_the_page_and_its_answers_say_their_language(address: str) -> None:
    page = said(f"{address}?lang=id")
    assert '<html lang="id"' in page
    assert "Lab sedang dimuat" in page
    assert '<html lang="en"' in said(f"{address}?lang=en", "id")
    nowhere = said(f"{address}nowhere", "id-ID, en;q=0.5")
    assert '<html lang="id">' in nowhere
    assert "Halaman tidak ada" in nowhere
    assert '<html lang="en">' in said(f"{address}nowhere")


SVG = """() => [...(Bokeh.index.roots ?? Object.values(Bokeh.index))]
  .filter((view) => view.model.left)
  .map((view) => view.export("svg", false).ctx.get_svg().textContent).join(" ")"""


def test_numbers_beside_the_axes_are_written_as_the_language_writes_them(visit: Visit) -> None:
    page = visit("?lang=id")
    drawn = page.evaluate(SVG)
    assert "0,5" in drawn
    assert "0.5" not in drawn


def test_the_language_is_chosen_at_once_and_stays(visit: Visit) -> None:
    """What is set and where the run stands stay as they are; the link has the language."""
    page = visit("?height=2", locale="en-US")
    page.keyboard.press("End")
    time = page.locator(STAGE).get_attribute("data-time")
    with page.expect_navigation():
        page.get_by_label("Language").select_option(label="Bahasa Indonesia")
    page.wait_for_selector(f"{STAGE}[data-state=ready]")
    assert page.evaluate("document.documentElement.lang") == "id"
    assert page.url.endswith("?height=2&lang=id")
    assert page.locator(STAGE).get_attribute("data-time") == time
    expect(page.get_by_label("Tinggi penghalang (eV)").first).to_have_value("2")
    page.get_by_role("link", name="Pelajaran", exact=True).click()
    page.get_by_text("Apa itu penerowongan").first.click()
    expect(page.get_by_role("heading", name="Menembus kaca")).to_be_visible()
    assert page.url.endswith("?lesson=what-tunneling-is&step=1&lang=id")
    page.go_back()
    page.go_back()
    page.wait_for_url("**/?height=2&lang=id")
    entry = page.get_by_label("Lebar penghalang (nm)").first
    entry.fill("0,45")
    entry.press("Enter")
    page.wait_for_url("**/?height=2&width=0.45&lang=id")
    expect(entry).to_have_value("0,45")
    another = page.context.new_page()
    another.goto(page.url.split("?")[0], wait_until="commit")
    another.wait_for_url("**/?lang=id")


def test_a_browser_s_own_language_is_spoken_unless_the_link_names_one(visit: Visit) -> None:
    page = visit("?lang=en", locale="id-ID")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.goto(page.url.split("?")[0])
    page.wait_for_selector(f"{STAGE}[data-state=ready]")
    assert page.evaluate("document.documentElement.lang") == "id"
    page.get_by_role("link", name="Pelajaran", exact=True).click()
    page.wait_for_url("**/?lessons")
