"""Templates of one's own: each takes the place of one, and is tried before readers see it."""

from __future__ import annotations

import pytest
from pipeline.newsroom import Newsroom

from feedpub import config
from feedpub.app.checking import check
from feedpub.render.pages import names

STORY = "---\ndate: 2024-10-21\n---\n# Harbour\n\nIt stays open.\n"


@pytest.fixture
def newsroom(tmp_path):
    """Give an installation with a folder for templates, empty so far."""
    newsroom = Newsroom(tmp_path)
    (tmp_path / "templates").mkdir()
    path = tmp_path / "config.yaml"
    path.write_text(path.read_text() + "output: {templates: templates}\n")
    newsroom.config = config.load(path, {})
    newsroom.drop("monday.md", STORY)
    return newsroom


def problems(newsroom, name, text) -> list[str]:
    """Put a template into the folder and check it; return what is wrong, without the folder."""
    folder = newsroom.input.parent
    (folder / "templates" / name).write_text(text)
    found = check(newsroom.config, path=folder / "config.yaml")
    return [str(problem).replace(f"{folder}/templates/", "") for problem in found]


def test_one_template_takes_the_place_of_one(newsroom):
    """The others, which it may extend and use, stay feedpub's; the pages that exist are written anew."""
    newsroom.build()
    assert "Archive" in newsroom.read("index.html")

    text = '{% extends "base.html" %}{% block main %}<p>Own: {{ entry.title }}</p>{% endblock %}'
    assert problems(newsroom, "entry.html", text) == []
    (newsroom.input.parent / "templates" / "style.css").write_text("p { color: green }")
    newsroom.build()

    (page,) = newsroom.output.glob("2024/10/21/*/index.html")
    assert "<p>Own: Harbour</p>" in page.read_text()
    assert "Archive" in page.read_text()
    assert newsroom.read("assets/style.css") == "p { color: green }"


WRONG = {
    "syntax": (
        "home.html",
        "<p>\n{% if %}\n",
        "home.html:2: output.templates: Expected an expression, got 'end of statement block'",
    ),
    "unknown name": (
        "front.html",
        "",
        f"front.html: output.templates: no template has this name; they are {', '.join(names())}",
    ),
    "unknown variable": (
        "home.html",
        "{{ sight.title }}",
        "home.html: output.templates: a page cannot be made: template: 'sight' is undefined",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_mistake_is_found_by_check(newsroom, case):
    """`feedpub check` names the file, the line where there is one, and what is wrong."""
    name, text, expected = WRONG[case]

    assert problems(newsroom, name, text) == [expected]


def test_broken_template_leaves_the_last_good_page(newsroom):
    """A template that cannot be used keeps nothing else from being published."""
    newsroom.build()
    before = newsroom.read("index.html")

    problems(newsroom, "home.html", "{{ sight.title }}")
    newsroom.drop("noon.md", STORY.replace("Harbour", "Noon"))
    newsroom.build()

    assert newsroom.read("index.html") == before
    assert "Noon" in newsroom.read("feeds/news.atom")


def test_folder_that_is_not_there_is_named(newsroom):
    """A mistyped folder does not silently mean feedpub's own templates."""
    (newsroom.input.parent / "templates").rmdir()

    (problem,) = check(newsroom.config, path=newsroom.input.parent / "config.yaml")

    assert "No such file or directory" in problem.wrong
