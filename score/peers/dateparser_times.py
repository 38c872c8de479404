"""dateparser's search_dates: dates in a text, reckoned from the day of writing. It knows neither durations nor sets."""

import datetime

import record


def annotate(text):
    """Each piece of text it takes for a date, found again by its words."""
    from dateparser.search import search_dates

    settings = {"PREFER_DATES_FROM": "past"}
    try:
        settings["RELATIVE_BASE"] = datetime.datetime.fromisoformat((text.published or "")[:10])
    except ValueError:
        pass
    times, at = [], 0
    for words, value in search_dates(text.text, languages=["en"], settings=settings) or []:
        start = text.text.find(words, at)
        if start < 0:
            continue
        at = start + len(words)
        day = value.strftime("%Y-%m-%d")
        times.append({"span": text.span(start, at), "type": "DATE", "timex": day, "edtf": day, "anchor": None})
    return text.record(times=times)


if __name__ == "__main__":
    record.main(annotate)
