"""Partners bring real lessons home, in a real browser on a small phone: from nothing to what a
learner reads."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from playwright.sync_api import Browser, Page, expect
from translate.storage import xliff2 as toolkit_xliff  # type: ignore[import-untyped]

from edu.partners.roles import Role
from edu.preparing import prepare
from edu.segments.segment import fold
from tests.browser.conftest import Phone, phones
from tests.browser.partners import (
    DESK,
    LINK,
    Village,
    fits,
    opens_line,
    opens_source,
    presses,
    sees,
    signs,
    signs_in,
    village,
    writes_the_rest,
)
from tests.partner.desk_world import writes
from tests.people import PASSWORD

# Whole lives of an edition take minutes each; tests/partner tells the same stories in short.
pytestmark = [pytest.mark.browser, pytest.mark.thorough]

SHONA = f"{DESK}/sn/m1/m1.1"
BLOCK = "::: here\nKumba kwedu tinoti mwoyo unorema.\n:::\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """A house over a copy of the real content."""
    with village(tmp_path_factory.mktemp("partners")) as made:
        yield made


@pytest.fixture
def phone(browser: Browser, home: Village) -> Phone:
    """A phone of one's own."""
    return phones(browser, home.address)


def _invites_chipo(page: Page) -> str:
    signs_in(page, "ruvimbo")
    page.goto("/en/staff/members/invite")
    page.get_by_label("Role").select_option("Translator")
    page.get_by_label("Language").select_option("chiShona")
    presses(page, "Make the invitation")
    return page.locator("#link").input_value()


def _begins(page: Page, link: str) -> None:
    """Chipo makes her account and begins Shona."""
    page.goto(link)
    sees(page, "Translator")
    page.get_by_label("Name to sign in with").fill("chipo")
    page.get_by_label("Password").fill(PASSWORD)
    presses(page, "Make my account")
    presses(page, "Editions")
    page.get_by_label("Language", exact=True).select_option("chiShona")
    page.get_by_label("What to translate").select_option("Everyone has mental health")
    presses(page, "Begin")
    expect(page).to_have_url(re.compile(f"{DESK}/sn/m1$"))
    fits(page)


def _writes_by_hand(page: Page) -> None:
    """What is handed to her next; a number that was lost; an advice; a remark; a reason."""
    presses(page, "Next to do here")
    for text in ("Munhu wese ane hutano hwepfungwa", "Mazwi anokudza, zvinotiumba, nerusarura."):
        expect(page).to_have_url(re.compile(f"{DESK}/sn/m1/m1/[0-9a-f]+$"))
        fits(page)
        page.locator("#text").fill(text)
        presses(page, "Save and next")
    page.goto(SHONA)
    fits(page)
    opens_line(page, "What do we call it here?").fill("Tinozviti chii pano?")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#editor #source")).to_contain_text("Our words for hard times")
    page.locator("#editor #text").fill("Mazwi edu enguva dzakaoma, uye munhu anouya pakutanga.")
    page.keyboard.press("Control+s")
    expect(page.locator("#editor")).to_have_count(0)

    box = opens_line(page, "About 25 minutes in a group.")
    box.fill("Maminitsi 52 muboka. Mashanu emazwi, gumi ekuronga, gumi ekutaura.")
    said = page.locator("[data-said]")
    expect(said).to_contain_text("the source says 25, here stands 52")
    fits(page)
    box.fill("Maminitsi 25 muboka. Mashanu emazwi, gumi ekuronga, gumi ekutaura.")
    expect(said).to_contain_text("The checks found nothing.")
    page.keyboard.press("Control+s")
    expect(page.locator("#editor")).to_have_count(0)


def _asks_for_patience(page: Page, home: Village) -> None:
    """An advice is set aside with a reason, and a remark is made, without any JavaScript."""
    page.goto(f"{SHONA}/{home.segment('m1.1', 'Later a man').key}")
    page.get_by_label("Your words in chiShona").fill(
        "Gare gare murume akapfuura achitaura oga, vana vakamudaidzira."
    )
    presses(page, "Save")
    page.goto(f"{SHONA}/{home.segment('m1.1', 'Later a man').key}")
    sees(page, "The source has 2 sentences, the translation 1.")
    page.locator("#checks summary").first.click()
    page.get_by_label("Why it is right as it is").fill("Mutsara mumwe unokwana.")
    presses(page, "Set the advice aside")
    sees(page, "Set aside:", "(Mutsara mumwe unokwana.)")
    page.locator("#remarks summary").click()
    page.get_by_label("Your remark").fill("Rudo, ndiwo mazwi avo here?")
    presses(page, "Send the remark")
    sees(page, "Rudo, ndiwo mazwi avo here?", "chipo")
    fits(page)


def _adapts(page: Page, home: Village) -> None:
    """A story gets another place, and the lesson a block more."""
    page.goto(f"{SHONA}/{home.segment('m1.1', 'Two kinds of words').key}")
    page.get_by_label("Your words in chiShona").fill(
        "Mazwi maviri akashandiswa patsime. Rimwe rakapa munhu nzvimbo. Rimwe rakamutorera."
    )
    page.get_by_label("What it is").select_option("Adapted for this place: I will say why")
    page.get_by_label("Why is it different here?").fill("People here meet at the well.")
    presses(page, "Save")
    page.goto(f"{SHONA}/changes")
    fits(page)
    page.locator("a[href$='do=add&block=here']").click()
    page.get_by_label("The new block").fill(BLOCK)
    page.get_by_label("Why is it different here?").fill("Our own word comes first.")
    page.locator("input[name=dimensions]").first.check()
    with page.expect_navigation():
        page.get_by_role("button", name="Look at it").click()
    expect(page.locator(".as-seen")).to_contain_text("Kumba kwedu tinoti mwoyo unorema.")
    fits(page)
    presses(page, "Save")


def _asks_the_village(chipo: Page, village: Page) -> None:
    """Chipo sees the whole lesson, cannot sign it, and lets a village read it."""
    chipo.goto(f"{SHONA}/preview")
    fits(chipo)
    sees(chipo, "Kumba kwedu tinoti mwoyo unorema.", "Mazwi maviri akashandiswa patsime.")
    chipo.goto(f"{SHONA}/review")
    fits(chipo)
    sees(chipo, "Nobody has signed yet.")
    expect(chipo.locator("#sign")).to_have_count(0)
    chipo.goto(f"{DESK}/sn/m1")
    presses(chipo, "Recordings")  # nothing of Shona is released yet, and all of it can be read
    fits(chipo)
    sees(chipo, "What has to be done first stands first.", "Kumba kwedu tinoti mwoyo unorema.")
    chipo.goto(f"{SHONA}/review")
    presses(chipo, "Let a community read it")
    presses(chipo, "Make the link")
    fits(chipo)
    village.goto(chipo.locator(".note[role=status] a").inner_text())
    fits(village)
    asked = village.locator(".piece", has_text="Kumba kwedu tinoti").locator(
        "xpath=following-sibling::fieldset[1]"
    )
    asked.get_by_role("radio", name="No", exact=True).first.check()
    asked.get_by_role("textbox").fill("Hatina kunzwisisa chikamu ichi.")
    presses(village, "Send")
    expect(village.locator("h1")).to_have_text("Thank you")
    chipo.goto(f"{SHONA}/review/links")
    chipo.locator("ul.lessons a").click()
    fits(chipo)
    sees(chipo, "1 answer", "Hatina kunzwisisa chikamu ichi.")


def _learner_reads(page: Page) -> None:
    """What was released stands there as checked; the rest is English and says so."""
    page.goto("/sn/m1/1/")
    fits(page)
    expect(page.locator("h1")).to_have_text("Tinozviti chii pano?")
    expect(page.locator("main p.reviewed")).to_contain_text("was checked by people")
    expect(page.locator("main p.draft")).to_have_count(0)
    expect(page.locator("section.here")).to_have_count(2)
    expect(page.locator("section.here").nth(1)).to_contain_text("mwoyo unorema")
    sees(page, "Mazwi maviri akashandiswa patsime.")
    page.goto("/sn/m1/2/")
    fits(page)
    heading = page.locator("h1")
    expect(heading).to_have_text("What shapes it")
    expect(heading).to_have_attribute("lang", "en")
    sees(page, "This is the original text, in English.")
    page.goto("/sn/m1/")
    presses(page, "What differs here, and why")
    fits(page)
    sees(page, "People here meet at the well.", "Our own word comes first.")


def test_a_lesson_goes_from_nothing_to_learners_in_shona(home: Village, phone: Phone) -> None:
    home.adds("ruvimbo", Role.ADMINISTRATOR)
    with phone() as page:
        link = _invites_chipo(page)
    with phone() as chipo:
        _begins(chipo, link)
        _writes_by_hand(chipo)
    with phone(script=False) as chipo:
        signs_in(chipo, "chipo")
        _asks_for_patience(chipo, home)
        _adapts(chipo, home)
    # The others are more of the same.
    rest = writes_the_rest(home.person("chipo"), SHONA, home.segments("m1.1"))
    assert rest == len({each.key for each in home.segments("m1.1")}) - 5
    with phone(script=False) as chipo, phone(script=False) as village:
        signs_in(chipo, "chipo")
        _asks_the_village(chipo, village)
    for login, reader, name in (
        ("rudo", "Somebody who grew up with the language", ""),
        ("farai", "Somebody with lived experience", "Baba Mvura"),
        ("nyasha", "Somebody who knows health", ""),
    ):
        home.adds(login, Role.REVIEWER, tag="sn")
        with phone() as page:
            signs_in(page, login)
            signs(page, SHONA, reader, name)
    home.adds("tatenda", Role.PUBLISHER, tag="sn")
    with phone() as page:
        signs_in(page, "tatenda")
        page.goto(f"{DESK}/sn/m1/release")
        fits(page)
        presses(page, "Release 1 part")
        sees(page, "Learners meet this one.")
        fits(page)
    prepare(home.house)
    with phone(script=False) as page:
        _learner_reads(page)


ARGENTINA = f"{DESK}/es-AR/m1/m1.1"
MATE = "::: here\nEn la plaza, dos vecinas comparten un mate y se escuchan.\n:::\n"


def _adapts_for_argentina(page: Page, home: Village) -> None:
    """One name, one block less and one more; the rest is taken over from the parent."""
    page.goto(ARGENTINA)
    fits(page)
    bello = page.locator("li.pair", has_text="Then old Mr Bello came").first
    expect(bello).to_contain_text("Taken from the parent")
    expect(bello.locator(".ancestor [lang='es-419']").last).to_contain_text("el viejo señor Bello")
    opens_source(page, home, ARGENTINA, "m1.1", "Then old Mr Bello came")
    presses(page, "Begin with these words")
    box = page.locator("#text")
    words = box.input_value()
    assert "señor Bello" in words
    box.fill(words.replace("señor Bello", "señor Sosa"))
    page.get_by_label("What it is").select_option("Adapted for this place: I will say why")
    page.get_by_label("Why is it different here?").fill("Sosa es un apellido de acá.")
    presses(page, "Save")
    expect(page.locator("li.pair", has_text="señor Sosa").first).to_contain_text(
        "Adapted for this place"
    )
    for choice, why in (("omit&block=us", "We do this together."), ("add&block=here", "Mate.")):
        page.goto(f"{ARGENTINA}/changes")
        page.locator(f"a[href$='do={choice}']").click()
        if "add" in choice:
            page.get_by_label("The new block").fill(MATE)
        page.get_by_label("Why is it different here?").fill(why)
        page.locator("input[name=dimensions]").first.check()
        presses(page, "Save")
    page.goto(ARGENTINA)
    sees(page, "This block is left out here.")


def test_argentina_adapts_what_it_takes_over_and_a_learner_meets_each_thing_once(
    home: Village, phone: Phone
) -> None:
    home.adds("lucia", Role.TRANSLATOR, tag="es-AR")
    with phone(script=False) as page:
        signs_in(page, "lucia")
        _adapts_for_argentina(page, home)
    for login, reader in (("ana", "native"), ("luz", "lived"), ("eva", "health")):
        home.adds(login, Role.REVIEWER, tag="es-AR")
        home.signs(login, reader, ARGENTINA)
    home.adds("tomas", Role.PUBLISHER, tag="es-AR")
    with phone() as page:
        signs_in(page, "tomas")
        page.goto(f"{DESK}/es-AR/m1/release")
        presses(page, "Release 1 part")
    prepare(home.house)
    with phone(script=False) as page:
        page.goto("/es-AR/m1/1/")
        fits(page)
        main = page.locator("main")
        assert main.inner_text().count("señor Sosa") == 1
        assert "señor Bello" in page.request.get("/es-419/m1/1/").text()
        expect(main).not_to_contain_text("señor Bello")
        expect(page.locator("section.here")).to_have_count(2)
        assert main.inner_text().count("comparten un mate") == 1
        for block, times in (("idea", 1), ("meet", 1), ("do", 1), ("check", 1), ("us", 0)):
            expect(page.locator(f"section.{block}")).to_have_count(times)
        expect(page.locator("main p.draft")).to_have_count(1)
        expect(page.locator("h1")).to_have_text("¿Cómo lo llamamos aquí?")


KIBERA = ("sw", "sw-KE", "sw-KE-x-kibera")
NEW_LINK = LINK.replace("m1.3", "m1.4")
#: What is edited in the lesson, and how each edit is told at a desk; nothing where it needs nobody.
EDITS = {
    LINK: (NEW_LINK, ""),
    "Most people say a stone. Fear makes learning and sleeping harder.": (
        "Most people say a stone; fear makes learning and sleeping harder.",
        "",
    ),
    "Most people say a bridge. There is a loan in a bad month, and there is company.": (
        "Most people say a bridge. A loan comes in a bad month, and company comes too.",
        "The wording has changed.",
    ),
    "A mother of three joins a savings group.": (
        "A mother of four joins a savings group.",
        "A fact has changed.",
    ),
    "Most people say a bridge. A child learns that the world answers.": (
        "Most people say a bridge. A child learns that the world keeps it safe.",
        "This is about safety: look at it first.",
    ),
}
URL, STOP, WORDING, FACT, SAFETY = EDITS


def _words(home: Village, tag: str, source: str) -> str:
    """Kiswahili words of a place of its own."""
    place = {"sw": "", "sw-KE": " Kenya.", "sw-KE-x-kibera": " Kibera."}[tag]
    shipped = "Soma [somo lijalo](m1.3)." if source == LINK else home.row("sw", source).text
    return shipped + place


def _releases_everywhere(home: Village, *tags: str) -> None:
    for tag in tags:
        at = f"{DESK}/{tag}/m1/m1.2"
        for login, reader in (("asha", "native"), ("baraka", "lived"), ("rehema", "health")):
            home.signs(login, reader, at)
        assert home.person("zawadi").fills(f"{DESK}/{tag}/m1/release", follow=False).status == (
            "303 SEE OTHER"
        )
    prepare(home.house)


def _edits_the_source(home: Village) -> None:
    file = home.root / "content" / "m1" / "02-what-shapes-it.md"
    text = file.read_text(encoding="utf-8")
    for old, (new, _told) in EDITS.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    prepare(home.house)


def _reads(home: Village, tag: str) -> str:
    page = home.house.test_client().get(f"/{tag}/m1/2/")
    assert page.status_code == 200
    return page.text


def test_an_edit_of_each_class_travels_down_a_chain_of_three(home: Village) -> None:
    juma = home.adds("juma", Role.TRANSLATOR, tag="sw")
    for login in ("asha", "baraka", "rehema"):
        home.adds(login, Role.REVIEWER, tag="sw")
    home.adds("zawadi", Role.PUBLISHER, tag="sw")
    for tag in KIBERA:
        for source in EDITS:
            if tag == "sw" and source != URL:
                continue
            more = {"reason": "+", "why": "So here."} if (tag, source) == (KIBERA[2], FACT) else {}
            key = home.segment("m1.2", source).key
            at, words = f"{DESK}/{tag}/m1/m1.2/{key}", _words(home, tag, source)
            assert writes(juma, at, words, follow=False, **more).status_code == 303
    _releases_everywhere(home, *KIBERA)
    before = {tag: {source: _words(home, tag, source) for source in EDITS} for tag in KIBERA}
    for tag in KIBERA[1:]:
        page = _reads(home, tag)
        assert [before[tag][source] in page for source in EDITS] == [False, *[True] * 4]
        assert 'href="../3/"' in page or f"/{tag}/m1/3/" in page

    _edits_the_source(home)

    for tag in KIBERA:
        for source, (new, told) in EDITS.items():
            key = home.segment("m1.2", new).key
            page = juma.opens(f"{DESK}/{tag}/m1/m1.2/{key}").text
            ways = re.findall(r"<dd [^>]*>(.*?)</dd>", page.partition("</dl>")[0])
            if not told:
                assert (tag, ways) == (tag, [])
                continue
            assert told in page
            assert [re.sub("</?(del|ins)>", "", each) for each in ways] == [
                source,
                new,
                before[tag][source],
            ]
            assert "<del>" in ways[0]
            assert "<ins>" in ways[1]
    assert home.row(KIBERA[2], NEW_LINK).text == "Soma [somo lijalo](m1.4). Kibera."
    page = _reads(home, KIBERA[2])
    assert before[KIBERA[2]][STOP] in page
    for source in (WORDING, FACT, SAFETY):
        assert EDITS[source][0] in page  # nobody in the chain has looked yet: it is English
        assert source not in page
        assert not any(before[tag][source] in page for tag in KIBERA)

    asha = home.person("asha")
    for tag, source in ((KIBERA[2], WORDING), (KIBERA[1], SAFETY), (KIBERA[2], SAFETY)):
        at = f"{DESK}/{tag}/m1/m1.2/{home.segment('m1.2', EDITS[source][0]).key}"
        version = re.search(r'id="looked-at"[^>]*value="(\d+)"', asha.opens(at).text)
        assert version is not None
        assert asha.fills(at, f"{at}/still-right", version=version[1]).status_code == 200
    prepare(home.house)
    kibera, kenya = _reads(home, KIBERA[2]), _reads(home, KIBERA[1])
    assert [before[KIBERA[2]][each] in kibera for each in (WORDING, FACT, SAFETY)] == [
        True,
        False,
        True,
    ]
    assert [before[KIBERA[1]][each] in kenya for each in (WORDING, FACT, SAFETY)] == [
        False,
        False,
        True,
    ]
    mended = "Mama wa watoto wanne anajiunga na kikundi cha akiba Kibera."
    at = f"{DESK}/{KIBERA[2]}/m1/m1.2/{home.segment('m1.2', EDITS[FACT][0]).key}"
    slug = home.row(KIBERA[2], FACT).change
    assert writes(juma, at, mended, follow=False, reason=slug).status_code == 303
    assert mended not in _reads(home, KIBERA[2])
    _releases_everywhere(home, KIBERA[2])
    assert mended in _reads(home, KIBERA[2])


NDEBELE = f"{DESK}/nd/m1"


def _takes_along(page: Page, format: str, to: Path) -> Path:
    """The file of a whole module, as the page gives it."""
    page.goto(f"{NDEBELE}/exchange")
    with page.expect_download() as taken:
        page.locator(f"a[href$='exchange/as/{format}']").click()
    file = to / taken.value.suggested_filename
    taken.value.save_as(file)
    return file


def _brings(page: Page, file: Path) -> None:
    """Show a file to the page."""
    page.goto(f"{NDEBELE}/exchange")
    page.get_by_label("Your file").set_input_files(file)
    presses(page, "Show what it would change")
    expect(page.locator("h1")).to_have_text("What the file would change")
    fits(page)


def _edits_with_polib(file: Path, words: dict[str, str]) -> None:
    opened = polib.pofile(str(file))
    for entry in opened:
        if entry.msgid in words:
            entry.msgstr = words.pop(entry.msgid)
    opened.save()
    assert words == {}


def _edits_with_toolkit(file: Path, words: dict[str, str]) -> None:
    opened = toolkit_xliff.Xliff2File.parsefile(str(file))
    for unit in opened.units:
        text = fold(str(unit.source))
        if text in words:
            unit.target = words.pop(text)
            unit.marktranslated()
    opened.save()
    assert words == {}


@pytest.mark.parametrize("format", ["po", "xliff"])
def test_a_file_goes_out_is_edited_elsewhere_and_comes_back(
    home: Village, phone: Phone, tmp_path: Path, format: str
) -> None:
    edit = {"po": _edits_with_polib, "xliff": _edits_with_toolkit}[format]
    part, first, second, third = {
        "po": ("m1.3", "title", "summary", "message"),
        "xliff": ("m1.4", "title", "summary", "message"),
    }[format]
    sources = {each.context.partition("|")[2]: fold(each.text) for each in home.segments(part)[:3]}
    mine, theirs, new = sources[first], sources[second], sources[third]
    login, other = f"thandi.{format}", f"sipho.{format}"
    home.adds(login, Role.TRANSLATOR, tag="nd")
    sipho = home.adds(other, Role.TRANSLATOR, tag="nd")
    place = {each: f"{NDEBELE}/{part}/{home.segment(part, each).key}" for each in sources.values()}
    writes(sipho, place[mine], "Amazwi okuqala")
    writes(sipho, place[theirs], "Amazwi akudala.")
    with phone() as page:
        signs_in(page, login)
        file = _takes_along(page, format, tmp_path)
        writes(sipho, place[theirs], "Amazwi kaSipho.")  # meanwhile, at the desk
        edit(file, {mine: "Amazwi amatsha", theirs: "Amazwi efayela.", new: "Amazwi okucina."})
        _brings(page, file)
        sees(
            page,
            "2 texts would be saved as drafts.",
            "1 text was changed here too: you choose between the two.",
            "Amazwi kaSipho.",
            "Amazwi efayela.",
        )
        assert home.row("nd", mine).text == "Amazwi okuqala"
        presses(page, "Yes, bring it in")
        expect(page.locator("h1")).to_have_text("Choose between two texts")
        fits(page)
        sees(page, "Amazwi kaSipho.", "Amazwi efayela.")
        assert home.row("nd", theirs).text == "Amazwi kaSipho."
        presses(page, "Take what is in the file")
    said = {source: home.row("nd", source) for source in (mine, theirs, new)}
    assert [(row.text, row.state, row.released_text) for row in said.values()] == [
        ("Amazwi amatsha", "draft", ""),
        ("Amazwi efayela.", "draft", ""),
        ("Amazwi okucina.", "draft", ""),
    ]
