"""The stand-off record, as another program writes it.

Every adapter here is a program that answers `annotate [--whole] [--tokens] FILE...` as Crossread does: one JSON
object a line, offsets in bytes of `text`. An adapter fills in what its peer gives and leaves the rest empty.
"""

import hashlib
import json
import sys


class Text:
    """A text handed in, with the way from characters (as Python counts) to bytes (as records do)."""

    def __init__(self, path, text, published=None, media_type="text/plain"):
        self.path, self.text, self.published, self.media_type = path, text, published, media_type
        self._bytes = [0]
        for character in text:
            self._bytes.append(self._bytes[-1] + len(character.encode("utf-8", "surrogatepass")))

    def span(self, start, end):
        """The bytes of the characters from start to end."""
        return [self._bytes[start], self._bytes[end]]

    def record(self, **found):
        """A record of this text that holds what was found."""
        record = {
            "id": "sha256:" + hashlib.sha256(self.text.encode()).hexdigest(),
            "path": self.path,
            "media_type": self.media_type,
            "language": None,
            "text": self.text,
            "outlet": None,
            "published": None,
            "updated": None,
            "sentences": [],
            "entities": [],
            "places": [],
            "times": [],
            "quantities": [],
            "attributions": [],
            "claims": [],
        }
        record.update(found)
        return record


def texts(path):
    """The texts of a file: a plain text, a page as it is, or the lines of JSONL with `text` and `published`."""
    with open(path, "rb") as file:
        content = file.read()
    if path.endswith(".jsonl"):
        for number, line in enumerate(content.decode("utf-8").splitlines(), 1):
            given = json.loads(line)
            yield Text(f"{path}:{number}", given["text"], given.get("published"), "application/x-ndjson")
    elif path.endswith(".html"):
        yield Text(path, content.decode("utf-8", "replace"), media_type="text/html")
    else:
        yield Text(path, content.decode("utf-8", "replace"))


def main(annotate, read=None):
    """Runs an adapter: `annotate` makes a record of a Text.

    `read --json FILE...` prints one pile; `read`, where the peer compares reports, gives `origins`, `events`,
    `questions` and `verdicts` of the records, or some of them.
    """
    words = sys.argv[1:]
    if not words or words[0] not in ("annotate", "read"):
        sys.exit("usage: annotate [--whole] [--tokens] FILE... | read --json FILE...")
    paths = [word for word in words[1:] if not word.startswith("--")]
    records = (annotate(text) for path in paths for text in texts(path))
    if words[0] == "annotate":
        for record in records:
            print(json.dumps(record))
        return
    pile = {"reports": list(records), "origins": [], "events": [], "questions": [], "verdicts": []}
    pile.update(read(pile["reports"]) if read else {})
    json.dump(pile, sys.stdout)
