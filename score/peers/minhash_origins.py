"""MinHash near-duplicates by rensa or datasketch: 128 hashes over runs of five words, joined from likeness .5 on.

The first argument names the library. Reports it joins are one origin, the whole of both texts being the evidence.
"""

import sys

import record

HASHES, WIDTH, THRESHOLD = 128, 5, 0.5


def shingles(text):
    """Runs of five lower-case words."""
    words = text.lower().split()
    return [" ".join(words[i : i + WIDTH]) for i in range(max(1, len(words) - WIDTH + 1))]


def sketch(library, text):
    """A MinHash of the text."""
    if library == "rensa":
        from rensa import RMinHash

        minhash = RMinHash(num_perm=HASHES, seed=42)
        minhash.update(shingles(text))
        return minhash
    from datasketch import MinHash

    minhash = MinHash(num_perm=HASHES)
    minhash.update_batch([shingle.encode() for shingle in shingles(text)])
    return minhash


def read(library, reports):
    """One origin for each group that is joined."""
    sketches = [sketch(library, report["text"]) for report in reports]
    group = list(range(len(reports)))

    def root(index):
        while group[index] != index:
            index = group[index]
        return index

    evidence = {}
    for b, second in enumerate(sketches):
        for a, first in enumerate(sketches[:b]):
            if first.jaccard(second) >= THRESHOLD:
                group[root(b)] = root(a)
                whole = lambda index: {"report": reports[index]["id"], "span": [0, len(reports[index]["text"].encode())]}
                evidence.setdefault(a, []).append({"kind": "verbatim", "a": whole(a), "b": whole(b)})
    members = {}
    for index in range(len(reports)):
        members.setdefault(root(index), []).append(index)
    origins = [
        {
            "id": f"o{number}",
            "reports": sorted(reports[index]["id"] for index in indices),
            "evidence": [item for index in indices for item in evidence.get(index, [])],
            "direction": None,
        }
        for number, indices in enumerate(members.values(), 1)
    ]
    return {"origins": origins}


if __name__ == "__main__":
    library = sys.argv.pop(1)
    __import__(library)
    record.main(lambda text: text.record(), lambda reports: read(library, reports))
