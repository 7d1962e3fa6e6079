"""Take the screenshots in docs/images: a small newsroom is published and looked at in Chromium.

Run ``python docs/make_screenshots.py [DIRECTORY]`` with the test requirements installed. CHROMIUM names the
browser, /usr/bin/chromium without it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SITE = "https://gazette.example.org/"
SIZES = {"desktop": (1180, 900), "phone": (390, 780)}
SCHEMES = ("light", "dark")

CONFIG = """\
site:
  title: The Harbour Gazette
  url: https://gazette.example.org/
  language: en
  timezone: Europe/Lisbon
  author: {name: The Harbour Gazette}
input: {include: ["*.md"]}
feeds:
  news: {title: The Harbour Gazette, description: "Every story, twice a day"}
  leads: {title: Lead stories, description: "The one story of each bulletin that matters most", shape: leads}
"""


def publish(folder: Path) -> dict[str, str]:
    """Publish the bulletins of `docs/newsroom`; return the paths of the pages to look at."""
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    (folder / "input").mkdir()
    for bulletin in (HERE / "newsroom").iterdir():
        (folder / "input" / bulletin.name).write_bytes(bulletin.read_bytes())
    feedpub = [sys.executable, "-m", "feedpub", "--config", str(folder / "config.yaml")]
    subprocess.run([*feedpub, "build"], check=True, stdout=subprocess.DEVNULL)
    entry = next((folder / "output").glob("2024/10/21/harbour*/index.html"))
    return {
        "home": "index.html",
        "entry": str(entry.relative_to(folder / "output")),
        "feed": "feeds/news/index.html",
    }


def photograph(browser: Browser, page: str, target: Path, *, output: Path, size: str, scheme: str) -> None:
    """Photograph one page of the site in `output` as it comes up in a window of this size."""
    width, height = SIZES[size]
    view = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    view.route("**/*", lambda route: route.fulfill(path=output / route.request.url.removeprefix(SITE)))
    view.goto(SITE + page)
    view.screenshot(path=target)
    view.close()
    # A palette keeps text sharp and the repository small.
    Image.open(target).convert("RGB").quantize(64).save(target, optimize=True)


def main(target: Path) -> None:
    """Take all of them."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        pages = publish(Path(name))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for page, path in pages.items():
            for size in SIZES:
                for scheme in SCHEMES:
                    file = target / f"{page}-{size}-{scheme}.png"
                    photograph(browser, path, file, output=Path(name, "output"), size=size, scheme=scheme)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else HERE / "images")
