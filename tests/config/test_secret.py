"""Values that come from files, and secrets, which stand where nobody reads them."""

from __future__ import annotations

import pytest

from feedpub import concealing
from feedpub.config.environment import expand


@pytest.fixture(autouse=True)
def forgetful(monkeypatch):
    """Let every test begin without secrets."""
    monkeypatch.setattr(concealing, "_secrets", set())


def store(text: str, **environ: str) -> tuple[object, list[str]]:
    """Expand a store's address; give it and what is wrong."""
    expanded, findings = expand({"store": {"url": text}}, environ)
    return expanded["store"]["url"], [f"{found.wrong}; {found.allowed}" for found in findings]


@pytest.fixture
def file(tmp_path):
    """Give a file with a password in a line."""
    file = tmp_path / "password"
    file.write_text("hunter2\n")
    return file


def test_value_comes_from_the_environment_a_file_or_a_credential(tmp_path, file):
    """The first of these that has it; the line's end is not part of it."""
    text = "db://desk:${password}@db/"
    credentials = {"CREDENTIALS_DIRECTORY": str(tmp_path)}

    assert [("db://desk:hunter2@db/", [])] * 2 + [("db://desk:own@db/", [])] == [
        store(text, password_FILE=str(file)),
        store(text, **credentials),
        store(text, **credentials, password="own"),
    ]


@pytest.mark.parametrize("source", ["file", "environment"])
def test_secret_is_hidden_from_then_on(file, source):
    """One from a file always, one from the environment by its name."""
    environ = {"DB_PASSWORD_FILE": str(file)} if source == "file" else {"DB_PASSWORD": "hunter2"}
    store("db://desk:${DB_PASSWORD}@db/", **environ)

    assert "it was …" == concealing.conceal("it was hunter2")


def test_secret_that_would_be_published_is_refused(file, problems_of):
    """A title, or the address of a hub, stands in every feed."""
    text = (
        "site: {title: '${TITLE}', url: https://news.example.org/}\n"
        "websub: {hubs: ['https://hub.example/?key=${HUB_TOKEN}']}\n"
        "feeds: {news: {}}\n"
    )

    cure = "a secret may stand in store.url alone"
    assert [
        f"config.yaml:1:15: site.title: the secret TITLE would be published; {cure}",
        f"config.yaml:2:17: websub.hubs[0]: the secret HUB_TOKEN would be published; {cure}",
    ] == problems_of(text, TITLE_FILE=str(file), HUB_TOKEN="abcdef")


def test_file_that_cannot_be_used_is_named(tmp_path, file):
    """With the reason, and nothing of what is in it."""
    missing = tmp_path / "missing"
    file.write_bytes(b"\xff\xfe")
    large = tmp_path / "large"
    large.write_text("x" * 70_000)
    cure = "let it be a file of feedpub's user"

    assert [
        f"{missing} cannot be read: No such file or directory; {cure}",
        f"{file} cannot be read: it is no text in UTF-8; {cure}",
        f"{large} is larger than a secret can be; name the right file",
    ] == [store("${A}", A_FILE=str(each))[1][0] for each in (missing, file, large)]


def test_problem_does_not_repeat_a_secret(problems_of):
    """What is wrong with an address is said without it."""
    [problem] = problems_of(
        "site: {title: a, url: https://a.example/}\nstore: {url: 'odd-${DB_PASSWORD}'}\nfeeds: {news: {}}\n",
        DB_PASSWORD="hunter2",
    )

    assert "hunter2" not in problem
    assert "store.url" in problem
