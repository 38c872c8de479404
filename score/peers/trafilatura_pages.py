"""trafilatura (Barbaresi 2021): main text and metadata, without comments, as its own evaluation calls it."""

import record
from page_record import bytes_of, record_of


def annotate(text):
    """Main text by its defaults, metadata beside it."""
    from trafilatura import bare_extraction

    page = bare_extraction(bytes_of(text), include_comments=False, include_tables=True, with_metadata=True)
    if page is None:
        return record_of(text, "")
    page = page if isinstance(page, dict) else page.as_dict()
    authors = [name.strip() for name in (page.get("author") or "").split(";")]
    return record_of(text, page.get("text"), page.get("title"), authors, page.get("date"))


if __name__ == "__main__":
    record.main(annotate)
