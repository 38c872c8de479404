"""Sentence boundaries of the language room beside sentencex, on UD treebanks, in one run.

    cargo build --release -p crossread-language --example sentences
    python sentences.py target/release/examples/sentences en_ewt-ud-dev.conllu en_gum-ud-dev.conllu

Needs the PyPI package sentencex. Documents are the treebank's; paragraphs (newpar) are divided by an empty line, sentences
in a paragraph by what the treebank says stands between them. A boundary is the place of a sentence's last character that
is not white space; the last of each document is not counted, for nobody can miss it.
"""

import json
import subprocess
import sys

from sentencex import segment


def documents(path):
    """Text and boundaries of each document."""
    text, ends, found = "", [], []
    pending = ""
    for block in open(path, encoding="utf-8").read().strip().split("\n\n"):
        lines = block.split("\n")
        meta = [line for line in lines if line.startswith("#")]
        if any(line.startswith("# newdoc") for line in meta):
            if text:
                found.append((text, ends))
            text, ends, pending = "", [], ""
        elif any(line.startswith("# newpar") for line in meta):
            pending = "\n\n"
        sentence = next(line for line in meta if line.startswith("# text = "))[len("# text = ") :].strip()
        text += (pending if text else "") + sentence
        ends.append(len(text))
        last = [line.split("\t") for line in lines if line and line[0].isdigit()][-1]
        pending = "" if "SpaceAfter=No" in last[9] else " "
    found.append((text, ends))
    return found


def ends_of(text, sentences):
    """The places of last characters, for sentences given in order."""
    ends, at = [], 0
    for sentence in sentences:
        words = sentence.strip()
        if words:
            start = text.index(words, at)
            at = start + len(words)
            ends.append(at)
    return ends


def score(pairs):
    right = given = gold = 0
    for ours, theirs in pairs:
        ours, theirs = set(ours[:-1]), set(theirs[:-1])
        right += len(ours & theirs)
        given += len(ours)
        gold += len(theirs)
    precision, recall = right / max(given, 1), right / max(gold, 1)
    return f"precision {precision:.4f}  recall {recall:.4f}  F1 {2 * precision * recall / (precision + recall):.4f}"


def main():
    binary, paths = sys.argv[1], [path for path in sys.argv[2:] if path != "--errors"]
    for path in paths:
        gold = documents(path)
        lines = "".join(json.dumps(text) + "\n" for text, _ in gold)
        out = subprocess.run([binary], input=lines.encode(), capture_output=True, check=True).stdout
        ours = [ends_of(text, json.loads(line)) for (text, _), line in zip(gold, out.splitlines())]
        peer = [ends_of(text, list(segment("en", text))) for text, _ in gold]
        print(path.split("/")[-1], len(gold), "documents,", sum(len(ends) for _, ends in gold), "sentences")
        print("  crossread", score([(a, b) for a, (_, b) in zip(ours, gold)]))
        print("  sentencex", score([(a, b) for a, (_, b) in zip(peer, gold)]))
        if "--errors" in sys.argv:
            for given, (text, ends) in zip(ours, gold):
                for at in sorted(set(given[:-1]) - set(ends)):
                    print("   +", repr(text[max(0, at - 50) : at]), "|", repr(text[at : at + 30]))
                for at in sorted(set(ends[:-1]) - set(given)):
                    print("   -", repr(text[max(0, at - 50) : at]), "|", repr(text[at : at + 30]))


if __name__ == "__main__":
    main()
