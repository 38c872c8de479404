"""The record of a page whose main text, title, author and date another program read."""

import record


def record_of(text, body, title=None, authors=(), date=None):
    """The main text, with the title as a headline before it."""
    title = (title or "").strip()
    whole = record.Text(text.path, f"{title}\n\n{body or ''}", media_type=text.media_type)
    regions = []
    if title:
        regions.append({"kind": "headline", "span": whole.span(0, len(title))})
    regions.append({"kind": "body", "span": whole.span(len(title) + 2, len(whole.text))})
    published = {"edtf": date, "basis": "page", "span": None, "inferred": False} if date else None
    byline = [{"name": name, "domain": None, "span": None} for name in authors if name]
    return whole.record(regions=regions, byline=byline, published=published)


def bytes_of(text):
    """The page as it came."""
    with open(text.path, "rb") as file:
        return file.read()
