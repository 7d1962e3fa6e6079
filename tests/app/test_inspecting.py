"""What `feedpub check --output` finds in the output folder."""

from __future__ import annotations

from feedpub.app.inspecting import inspect


def test_what_feedpub_publishes_keeps_every_rule(site):
    """Our own product passes clean: no error and no warning."""
    inspection = inspect(site.config)

    assert ((), ()) == (inspection.errors, inspection.warnings)
    assert inspection.documents >= 8


def test_damaged_document_is_found_with_its_line(site):
    """Whoever edits a published file by hand learns what is wrong with it."""
    feed = site.output / "feeds" / "news.atom"
    feed.write_text(feed.read_text().replace(' rel="self"', ' rel="me"', 1))

    inspection = inspect(site.config)

    assert {("feeds/news.atom", "C59")} == {
        (f.path, f.rule.code) for f in inspection.errors + inspection.warnings
    }


def test_missing_page_is_found(site):
    """A link that leads nowhere is an error in every format that has it."""
    page = next(site.output.glob("2024/10/21/harbour*/index.html"))
    page.unlink()

    errors = {(f.path, f.rule.code) for f in inspect(site.config).errors}

    assert {("feeds/news.rss", "C26"), ("feeds/news.json", "C26"), ("feeds/leads.atom", "C26")} <= errors


def test_looking_leaves_no_trace(site):
    """Checking the output changes not a byte and not a time."""
    before = site.trace()

    inspect(site.config)

    assert before == site.trace()


def test_empty_output_is_not_wrong(site, tmp_path):
    """Before the first publication there is nothing to complain of."""
    output = site.config.output.model_copy(update={"folder": tmp_path / "nowhere"})

    inspection = inspect(site.config.model_copy(update={"output": output}))

    assert (0, (), ()) == (inspection.documents, inspection.errors, inspection.warnings)
