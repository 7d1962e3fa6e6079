"""The statements about categories and their pages, in the manner of `statements`."""

from __future__ import annotations

from sqlalchemy import bindparam, case, delete, func, insert, select, update

from feedpub.model import State
from feedpub.store import schema as t
from feedpub.store.category_schema import categorized, category
from feedpub.store.statements import IDS

_page = bindparam("page", type_=categorized.c.page.type)
_of_category = categorized.c.category == bindparam("category")
_on_page = _of_category & categorized.c.page.is_not_distinct_from(_page)
_of_pair = (categorized.c.entry == bindparam("of_entry")) & (
    categorized.c.category == bindparam("of_category")
)
_newest = (categorized.c.published.desc(), categorized.c.position, categorized.c.entry)

# One term that no index has: by `state` SQLite would walk along all that was ever published.
_is_out = case((t.entry.c.state == State.PUBLISHED, 1), else_=0) == 1
OUT = select(t.entry.c.id, t.entry.c.categories, t.entry.c.published, t.entry.c.position).where(
    t.entry.c.id.in_(IDS), _is_out
)
PLACES = select(categorized).where(categorized.c.entry.in_(IDS))
ADD_PLACE = insert(categorized)
UPDATE_PLACE = update(categorized).where(_of_pair)
DROP_PLACE = delete(categorized).where(_of_pair)
NEWEST_NAME = select(categorized.c.name).where(_of_category).order_by(*_newest).limit(1)
ON_PAGE = select(categorized.c.entry).where(_on_page).order_by(*_newest)
ENTRIES = select(t.entry).join_from(categorized, t.entry).where(_on_page)
PAGES = select(categorized.c.category, categorized.c.page).distinct()
LAST_PAGE = select(func.max(categorized.c.page)).where(_of_category)
PAGE_BEFORE = select(func.max(categorized.c.page)).where(_of_category, categorized.c.page < _page)
PAGE_AFTER = select(func.min(categorized.c.page)).where(_of_category, categorized.c.page > _page)
NAME = select(category.c.name).where(category.c.slug == bindparam("category"))
CATEGORIES = select(category.c.slug, category.c.name).order_by(category.c.slug)
ADD_CATEGORY = insert(category)
DROP_CATEGORY = delete(category).where(category.c.slug == bindparam("of"))
