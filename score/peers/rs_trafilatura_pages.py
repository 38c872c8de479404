"""rs-trafilatura through its Python package: main text and metadata."""

import record
from page_record import bytes_of, record_of


def annotate(text):
    """Whatever names the package gives its fields."""
    import rs_trafilatura

    page = rs_trafilatura.extract(bytes_of(text).decode("utf-8", "replace"))
    if isinstance(page, str) or page is None:
        return record_of(text, page)
    get = page.get if isinstance(page, dict) else lambda name: getattr(page, name, None)
    metadata = get("metadata")
    about = (metadata.get if isinstance(metadata, dict) else lambda n: getattr(metadata, n, None)) if metadata else get
    body = get("main_content") or get("text") or ""
    author, date = about("author"), about("date")
    return record_of(text, body, about("title"), (author or "").split(";"), str(date)[:10] if date else None)


if __name__ == "__main__":
    record.main(annotate)
