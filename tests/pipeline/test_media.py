"""Pictures and other files that come with bulletins: found, published, replaced and taken away."""

from __future__ import annotations

import datetime as dt
import io
import json
import os

import feedparser
import pytest
from PIL import Image
from pipeline.stories import CRANE, HARBOUR, STORIES, a_bulletin, catch_up, ids, outcomes

from feedpub.model import Outcome, State

MP3 = b"ID3\x04\x00" + bytes(500)


def a_picture(colour="navy", size=(1200, 800), form="JPEG"):
    """Draw a picture."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, form)
    return file.getvalue()


def published(office):
    """Return what lies in the output's folder of media, by path."""
    return {path: content for path, content in office.files().items() if path.startswith("media/")}


def lead(office):
    """Return the lead of the bulletin of the test."""
    return next(entry for entry in office.entries() if entry.title == HARBOUR)


def with_matter(office, text, name="monday.txt"):
    """Write the bulletin of the test with front matter."""
    office.write(
        name, f"---\ndate: 2024-10-21\n{text}\n---\n".encode() + a_bulletin(*STORIES).partition(b"\n")[2]
    )


def test_picture_beside_a_bulletin_is_published_with_its_lead(office):
    """It may come later: readers get one update, a smaller copy for lists, and real length and type."""
    before = ids(office)
    picture = a_picture()
    office.write("monday.jpg", picture)
    catch_up(office)
    [file] = lead(office).enclosures

    assert before == ids(office)
    assert ("image/jpeg", len(picture), 1200, 800) == (file.type, file.length, file.width, file.height)
    assert {file.url, file.thumbnail} == published(office).keys()
    assert picture == published(office)[file.url]
    with Image.open(io.BytesIO(published(office)[file.thumbnail])) as thumbnail:
        assert (480, 320) == thumbnail.size
    assert office.fresh() == office.files()
    assert Outcome.ACCEPTED is outcomes(office)["monday.txt"]


def test_subscribers_find_the_files(office):
    """Foreign readers: enclosure, Media RSS, attachments; on the pages the picture with its description."""
    with_matter(office, "image: {file: port.png, alt: The port at night}\nenclosure: talk.mp3")
    office.write("port.png", a_picture(form="PNG"))
    office.write("talk.mp3", MP3)
    catch_up(office)
    sound, picture = lead(office).enclosures
    files = office.files()
    rss = next(e for e in feedparser.parse(files["feeds/news.rss"]).entries if e.title == HARBOUR)
    atom = next(e for e in feedparser.parse(files["feeds/news.atom"]).entries if e.title == HARBOUR)
    item = next(i for i in json.loads(files["feeds/news.json"])["items"] if i["title"] == HARBOUR)
    site = "http://news.example.org/"

    assert [(site + sound.url, "audio/mpeg", "505")] == [(e.href, e.type, e.length) for e in rss.enclosures]
    assert [site + sound.url, site + picture.url] == [e.href for e in atom.enclosures]
    for name in ("feeds/news.rss", "feeds/news.atom"):
        assert b'xmlns:media="http://search.yahoo.com/mrss/"' in files[name].partition(b"title>")[0]  # C10
    for entry in (rss, atom):
        assert [site + sound.url, site + picture.url] == [each["url"] for each in entry.media_content]
        assert ("1200", "800", "image") == tuple(
            entry.media_content[1][n] for n in ("width", "height", "medium")
        )
        assert [site + picture.thumbnail] == [each["url"] for each in entry.media_thumbnail]
    assert site + picture.url == item["image"]
    assert [505, picture.length] == [each["size_in_bytes"] for each in item["attachments"]]
    page = files[f"{lead(office).permalink}index.html"].decode()
    assert f'<img src="../../../../{picture.url}" alt="The port at night" width="1200" height="800"' in page
    assert f'<img src="./{picture.thumbnail}" alt="The port at night"' in files["index.html"].decode()


def test_replaced_and_removed_picture(office):
    """Another picture of the same name is an update; none at all is one too, and leaves nothing behind."""
    office.write("monday.jpg", a_picture())
    catch_up(office)
    first = published(office).keys()
    office.write("monday.jpg", a_picture("maroon"))
    catch_up(office)
    second = published(office).keys()

    assert first.isdisjoint(second)
    assert 2 == len(second)
    (office.input / "monday.jpg").unlink()
    catch_up(office)
    assert {} == published(office)
    assert () == lead(office).enclosures
    assert office.fresh() == office.files()


def test_touched_picture_changes_nothing(office):
    """The same bytes saved again are no news."""
    office.write("monday.jpg", a_picture())
    catch_up(office)
    before = office.files()
    office.write("monday.jpg", a_picture())
    catch_up(office)

    assert before == office.files()


def test_named_file_is_waited_for(office):
    """A bulletin that names what is not there says so, and is published once it is."""
    office.write(
        "second.txt",
        b"---\ndate: 2024-10-21\nenclosure: talk.mp3\n---\n" + a_bulletin(CRANE).partition(b"\n")[2],
    )
    catch_up(office)
    record = office.store.find_record("second.txt")

    assert (Outcome.REJECTED, 3) == (record.outcome, record.line)
    assert "'talk.mp3' is not there" in record.reason
    assert CRANE not in ids(office)
    office.write("talk.mp3", MP3)
    catch_up(office)
    assert CRANE in ids(office)
    assert Outcome.ACCEPTED is outcomes(office)["second.txt"]


def test_file_shared_by_two_bulletins_stays_for_the_other(office):
    """The same bytes lie there once, as long as somebody needs them."""
    office.write("monday.jpg", a_picture())
    office.write("second.jpg", a_picture())
    office.write("second.txt", a_bulletin(CRANE))
    catch_up(office)

    assert 2 == len(published(office))
    for name in ("second.jpg", "second.txt"):
        (office.input / name).unlink()
    catch_up(office)
    assert 2 == len(published(office))
    for name in ("monday.jpg", "monday.txt"):
        (office.input / name).unlink()
    catch_up(office)
    assert {} == published(office)


def test_embargoed_picture_is_nowhere(office):
    """Neither before its moment nor after a withdrawal."""
    office.write("second.jpg", a_picture("green"))
    later = (office.now + dt.timedelta(hours=2)).isoformat()
    text = (
        f"---\ndate: 2024-10-21\npublish_at: {later}\n---\n".encode() + a_bulletin(CRANE).partition(b"\n")[2]
    )
    office.write("second.txt", text)
    catch_up(office)

    assert {} == published(office)
    office.now += dt.timedelta(hours=3)
    catch_up(office)
    assert 2 == len(published(office))
    (office.input / "second.txt").unlink()
    catch_up(office)
    assert {} == published(office)


def test_lost_output_is_made_again_without_the_input(office):
    """What was published stands in the store's own folder."""
    office.settings = office.settings.__class__(
        **{n: getattr(office.settings, n) for n in office.settings.__slots__} | {"withdraw_removed": False}
    )
    office.close()
    office.open()
    office.write("monday.jpg", a_picture())
    catch_up(office)
    before = office.files()
    for name in ("monday.jpg", "monday.txt"):
        (office.input / name).unlink()
    office.lose_output()
    office.close()
    office.open()
    catch_up(office)

    assert published(office).keys() == {path for path in before if path.startswith("media/")}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"<svg onload='x'/>", "holds something else than a .jpg file does"),
        (a_picture(form="PNG"), "holds something else"),
        (a_picture()[:700], "is damaged"),
        (a_picture(size=(90, 60))[:700], "is damaged"),
        (b"\xff\xd8\xff" + bytes(100), "is no picture"),
        (a_picture()[:163] + b"\xff\xff\xff\xff" + a_picture()[167:], "too many"),
    ],
    ids=["empty", "svg", "png", "cut", "small and cut", "noise", "bomb"],
)
def test_hostile_picture_is_left_out(office, content, reason):
    """The bulletin is published without it, and says why."""
    office.write("second.txt", a_bulletin(CRANE))
    office.write("second.jpg", content)
    catch_up(office)
    record = office.store.find_record("second.txt")

    assert CRANE in ids(office)
    assert {} == published(office)
    assert reason in record.warnings[-1].message
    assert "'second.jpg'" in record.warnings[-1].message
    assert [] == [path for path in office.settings.media_folder.rglob("*") if path.is_file()]


def test_link_beside_a_bulletin_is_not_followed(office, tmp_path):
    """Nothing outside the input folder is ever published."""
    (tmp_path / "secret.jpg").write_bytes(a_picture())
    (office.input / "monday.jpg").symlink_to(tmp_path / "secret.jpg")
    os.mkfifo(office.input / "monday.png")
    with_matter(office, "enclosure: monday.jpg")
    catch_up(office)

    assert {} == published(office)
    assert "'monday.jpg' is not there" in office.store.find_record("monday.txt").reason


def test_renamed_bulletin_leaves_its_picture(office):
    """What lies beside it under the former name comes with it no more; with the picture it is the same."""
    office.write("monday.jpg", a_picture())
    catch_up(office)
    before = ids(office)
    (office.input / "monday.txt").rename(office.input / "tuesday.txt")
    catch_up(office)

    assert before == ids(office)
    assert {} == published(office)
    (office.input / "monday.jpg").rename(office.input / "tuesday.jpg")
    catch_up(office)
    assert before == ids(office)
    assert 2 == len(published(office))
    assert {State.PUBLISHED} == {entry.state for entry in office.entries()}


def test_too_large_file_is_refused(office):
    """With its name, its line and the limit."""
    office.settings = office.settings.__class__(
        **{n: getattr(office.settings, n) for n in office.settings.__slots__} | {"max_media_bytes": 100}
    )
    office.close()
    office.open()
    office.write("talk.mp3", MP3)
    with_matter(office, "enclosure: talk.mp3")
    catch_up(office)

    assert "'talk.mp3' is larger than 100 bytes" in office.store.find_record("monday.txt").reason
