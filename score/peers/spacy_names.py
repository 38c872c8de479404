"""spaCy's own pipeline: sentences, tokens and names. The first argument is the module that holds the model."""

import importlib
import sys

import record

KINDS = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "NORP": "GROUP",
    "GPE": "PLACE",
    "LOC": "PLACE",
    "FAC": "FACILITY",
    "PRODUCT": "OTHER",
    "EVENT": "OTHER",
    "WORK_OF_ART": "OTHER",
    "LAW": "OTHER",
    "LANGUAGE": "OTHER",
}


def load(module):
    """The pipeline of a model package, by its module: its own `load`, or the folder in it that holds one."""
    import pathlib

    import spacy

    package = importlib.import_module(module)
    if hasattr(package, "load"):
        return package.load()
    config = next(pathlib.Path(package.__file__).parent.rglob("config.cfg"))
    return spacy.load(config.parent)


def annotate(nlp, text):
    """Tokens, sentences and entities; a name is an entity of its own, as spaCy resolves nothing."""
    doc = nlp(text.text)
    tokens = [
        {
            "span": text.span(token.idx, token.idx + len(token)),
            "lemma": token.lemma_,
            "tag": token.tag_,
            "pos": token.pos_,
            "head": token.head.i,
            "dep": token.dep_,
            "ent": f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O",
        }
        for token in doc
    ]
    entities = [
        {
            "id": f"e{number}",
            "type": KINDS[ent.label_],
            "name": ent.text,
            "same_as": {"geonames": None, "wikidata": None},
            "mentions": [{"span": text.span(ent.start_char, ent.end_char), "how": "name"}],
        }
        for number, ent in enumerate(doc.ents, 1)
        if ent.label_ in KINDS
    ]
    sentences = [{"span": text.span(s.start_char, s.end_char), "region": None} for s in doc.sents]
    places = [
        {"span": mention["span"], "entity": entity["id"], "lat": None, "lon": None,
         "precision": "unresolved", "role": "mentioned"}
        for entity in entities if entity["type"] == "PLACE"
        for mention in entity["mentions"]
    ]
    return text.record(tokens=tokens, sentences=sentences, entities=entities, places=places)


if __name__ == "__main__":
    nlp = load(sys.argv.pop(1))
    record.main(lambda text: annotate(nlp, text))
