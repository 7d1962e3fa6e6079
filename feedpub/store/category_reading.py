"""What the store knows of categories and their pages."""

from __future__ import annotations

from feedpub.model import Category, Entry
from feedpub.store import category_statements as sql
from feedpub.store.asking import Asker


class CategoryReader(Asker):
    """The questions about categories; a page is a number, 1 the oldest, or None: the newest."""

    def categories(self) -> tuple[Category, ...]:
        """Give the categories of published entries, by slug."""
        return tuple(Category(**row._asdict()) for row in self._rows(sql.CATEGORIES))

    def category_pages(self) -> tuple[tuple[str, int | None], ...]:
        """Give the pages of all categories, each with its category's slug; longer the more there are."""
        return tuple((row.category, row.page) for row in self._rows(sql.PAGES))

    def categorized(self, category: str, page: int | None) -> tuple[Entry, ...]:
        """Give the published entries on a page of a category, in any order."""
        return self._entries(sql.ENTRIES, category=category, page=page)

    def page_before(self, category: str, page: int | None) -> int | None:
        """Give the full page before this one."""
        number: int | None = (
            self._value(sql.LAST_PAGE, category=category)
            if page is None
            else self._value(sql.PAGE_BEFORE, category=category, page=page)
        )
        return number

    def page_after(self, category: str, page: int) -> int | None:
        """Give the full page after this one; None where that is the newest."""
        number: int | None = self._value(sql.PAGE_AFTER, category=category, page=page)
        return number
