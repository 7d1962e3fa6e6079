"""What is new, changed and gone."""

from hypothesis import given
from hypothesis import strategies as st

from feedpub.inbox import Differences, Look, compare
from feedpub.model import Signature


def sign(number):
    """Make one of several signatures."""
    return Signature(size=number, mtime_ns=0, inode=1)


def a_look(files, *, unseen=()):
    """Make the look that finds `files`."""
    return Look(root="1:1", files=files, media={}, skipped={}, unseen=frozenset(unseen))


def test_compare_sorts_into_new_changed_and_vanished():
    """Each path is in the group it belongs to; what stayed the same is in none."""
    found = a_look({"new": sign(1), "changed": sign(2), "same": sign(3)})
    known = {"changed": sign(9), "same": sign(3), "gone": sign(4)}

    assert compare(found, known) == Differences(
        new={"new": sign(1)}, changed={"changed": sign(2)}, vanished=frozenset({"gone"})
    )


def test_compare_does_not_miss_what_could_not_be_seen():
    """Below a folder that cannot be listed nothing is gone; beside it things are."""
    found = a_look({}, unseen=["sub", "odd.txt"])
    known = dict.fromkeys(["sub/a", "sub/x/b", "odd.txt", "subway/c"], sign(1))

    assert compare(found, known).vanished == {"subway/c"}


files = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 2).map(sign))


@given(files, files)
def test_compare_leads_from_the_known_to_the_found(known, found):
    """Taking the differences over is knowing what is there; a second look then finds none."""
    differences = compare(a_look(found), known)
    after = {**known, **differences.new, **differences.changed}
    for path in differences.vanished:
        del after[path]

    assert after == found
    assert compare(a_look(found), after) == Differences(new={}, changed={}, vanished=frozenset())
