"""newspaper4k: main text and metadata."""

import record
from page_record import bytes_of, record_of


def annotate(text):
    """Main text, title, authors and day."""
    import newspaper

    article = newspaper.Article("http://example.org/", fetch_images=False)
    article.download(input_html=bytes_of(text).decode("utf-8", "replace"))
    try:
        article.parse()
    except Exception:  # a page it cannot parse has no text
        return record_of(text, "")
    day = article.publish_date
    return record_of(text, article.text, article.title, article.authors, day.strftime("%Y-%m-%d") if day else None)


if __name__ == "__main__":
    record.main(annotate)
