"""Names that are no bulletins, and the patterns of input.include."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.inbox.names import is_temporary
from feedpub.patterns import compiled

TEMPORARY = {
    "hidden": ".monday.txt",
    "rsync": ".monday.txt.Xa3f9Q",
    "vim swap": "monday.txt.swp",
    "vim second swap": "monday.txt.swo",
    "backup": "monday.txt~",
    "emacs lock": ".#monday.txt",
    "emacs autosave": "#monday.txt#",
    "gnome": ".goutputstream-AB12CD",
    "browser": "monday.txt.crdownload",
    "safari": "monday.txt.download",
    "download": "monday.txt.part",
    "winscp": "monday.txt.filepart",
    "temporary": "monday.txt.tmp",
    "upper case": "MONDAY.TMP",
    "windows share": "~monday.txt.tmp",
    "office lock": "~$monday.txt",
    "libreoffice lock": ".~lock.monday.txt#",
    "line end in it": "mon\nday.txt~",
}
BULLETINS = {
    "plain": "monday.txt",
    "tilde in front": "~monday.txt",
    "hash in front": "#1.txt",
    "parts of a word": "part.txt",
    "dots": "v1.tmp.txt",
    "undecodable": "bad-\udcff.txt",
}
MATCHING = {
    "at the top": ("**/*.txt", "monday.txt"),
    "below": ("**/*.txt", "a/b/monday.txt"),
    "upper case": ("**/*.txt", "MONDAY.TXT"),
    "line end in the name": ("**/*.txt", "new\nline.txt"),
    "undecodable": ("**/*.txt", "a/bad-\udcff.txt"),
    "one folder": ("desk/*.txt", "desk/monday.txt"),
    "everything in a folder": ("desk/**", "desk/a/b"),
    "question mark": ("day?.txt", "day1.txt"),
    "between": ("a/**/z.txt", "a/z.txt"),
    "folder by pattern": ("20*/*.txt", "2024/x.txt"),
}
OTHER = {
    "another suffix": ("**/*.txt", "monday.md"),
    "suffix in the middle": ("**/*.txt", "monday.txt.bak"),
    "star stays in its folder": ("*.txt", "a/monday.txt"),
    "dot is a dot": ("*.txt", "mondayxtxt"),
    "longer": ("*.txt", "monday.txt\n"),
    "brackets are themselves": ("[ab].txt", "a.txt"),
}


@pytest.mark.parametrize("name", TEMPORARY.values(), ids=TEMPORARY)
def test_temporary_names_of_other_programs_are_told(name):
    """What editors and transfers leave behind is never taken for a bulletin."""
    assert is_temporary(name)


@pytest.mark.parametrize("name", BULLETINS.values(), ids=BULLETINS)
def test_ordinary_names_are_not_temporary(name):
    """Names that merely look similar are bulletins."""
    assert not is_temporary(name)


@pytest.mark.parametrize(("pattern", "path"), MATCHING.values(), ids=MATCHING)
def test_pattern_includes(pattern, path):
    """A pattern takes what people expect of it."""
    assert compiled([pattern]).fullmatch(path)


@pytest.mark.parametrize(("pattern", "path"), OTHER.values(), ids=OTHER)
def test_pattern_leaves_out(pattern, path):
    """A pattern takes nothing else."""
    assert not compiled([pattern]).fullmatch(path)


@given(st.text(st.characters(exclude_characters="*?/", codec=None), min_size=1))
def test_pattern_without_wildcards_is_that_name_alone(name):
    """A pattern without wildcards means the file of that name, whatever signs are in it."""
    assert compiled([name]).fullmatch(name)
    assert not compiled([name]).fullmatch(f"{name}x")
