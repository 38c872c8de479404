//! The tables of a pipeline that are no networks: labels, moves, rules, norms, lemmas.

use fst::Set;

use super::LoadError;
use super::msgpack::Value;
use super::source::Source;
use crate::attribute_ruler::{Field, Rule, Setting, Test};
use crate::format::{Blob, Blobs};
use crate::hash::string_id;
use crate::lemmatizer;

/// The tagger's labels, in order of its outputs.
pub(super) fn tags(source: &mut Source) -> Result<Vec<String>, LoadError> {
    const PART: &str = "tagger/cfg";
    let json: serde_json::Value = serde_json::from_slice(&source.read(PART)?)
        .map_err(|error| LoadError::part(PART, error.to_string()))?;
    let labels = json["labels"].as_array().ok_or_else(|| LoadError::part(PART, "no labels"))?;
    Ok(labels.iter().filter_map(|label| label.as_str()).map(str::to_owned).collect())
}

/// The moves of a transition system, in order of its outputs: by kind, and in a kind from the most frequent label to the
/// least; labels that were added after counting (with negative counts) come last.
pub(super) fn moves(source: &mut Source, part: &str) -> Result<Vec<(u8, String)>, LoadError> {
    let value = source.msgpack(part)?;
    let json = value
        .get("moves")
        .and_then(Value::text)
        .ok_or_else(|| LoadError::part(part, "no moves"))?;
    let kinds: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(json).map_err(|error| LoadError::part(part, error.to_string()))?;
    let mut kinds: Vec<(String, serde_json::Value)> = kinds.into_iter().collect();
    kinds.sort_by(|a, b| a.0.cmp(&b.0));
    let mut moves = Vec::new();
    let mut added = Vec::new();
    for (kind, labels) in &kinds {
        let kind: u8 =
            kind.parse().map_err(|_| LoadError::part(part, "a move that is no number"))?;
        let mut labels: Vec<(i64, &String)> = labels
            .as_object()
            .into_iter()
            .flatten()
            .map(|(label, count)| (count.as_i64().unwrap_or(0), label))
            .collect();
        labels.sort_unstable();
        for (count, label) in labels.into_iter().rev() {
            if count < 0 {
                added.push((count, label.clone(), kind));
            } else {
                moves.push((kind, label.clone()));
            }
        }
    }
    added.sort_by(|a, b| (b.0, &b.1).cmp(&(a.0, &a.1)).then(a.2.cmp(&b.2)));
    for (_, label, kind) in added {
        if !moves.contains(&(kind, label.clone())) {
            moves.push((kind, label));
        }
    }
    Ok(moves)
}

/// The norms that are not the lower case, by string id.
pub(super) fn norms(source: &mut Source) -> Result<Vec<(u64, String)>, LoadError> {
    const PART: &str = "vocab/lookups.bin";
    let value = source.msgpack(PART)?;
    let mut norms = Vec::new();
    for (key, norm) in value.get("lexeme_norm").map_or(&[][..], Value::entries) {
        norms.push((
            id(key).ok_or_else(|| LoadError::part(PART, "a key of another form"))?,
            string(norm, PART)?,
        ));
    }
    norms.sort_unstable();
    Ok(norms)
}

/// spaCy's lookup tables have string ids for keys, or the strings themselves.
fn id(key: &Value) -> Option<u64> {
    match key {
        Value::Int(id) => u64::try_from(*id).ok(),
        key => key.text().map(string_id),
    }
}

fn string(value: &Value, part: &str) -> Result<String, LoadError> {
    value.text().map(str::to_owned).ok_or_else(|| LoadError::part(part, "a value that is no text"))
}

/// The tables of the rule lemmatizer.
pub(super) fn lemmas(
    source: &mut Source,
    blobs: &mut Blobs,
) -> Result<Vec<(lemmatizer::Table, Blob)>, LoadError> {
    const PART: &str = "lemmatizer/lookups/lookups.bin";
    const PARTS_OF_SPEECH: [&str; 17] = [
        "adj", "adp", "adv", "aux", "cconj", "det", "intj", "noun", "num", "part", "pron", "propn",
        "punct", "sconj", "sym", "verb", "x",
    ];
    let value = source.msgpack(PART)?;
    if value.get("lemma_rules").is_none() {
        return Err(LoadError::part(PART, "no lemma_rules: only the rule mode is supported"));
    }
    let mut tables = Vec::new();
    for pos in PARTS_OF_SPEECH {
        let of = |table: &str| {
            let entries = value.get(table).map_or(&[][..], Value::entries);
            entries.iter().find(|(key, _)| id(key) == Some(string_id(pos))).map(|(_, value)| value)
        };
        let mut table = lemmatizer::Table { pos: pos.to_owned(), ..Default::default() };
        for rule in of("lemma_rules").map_or(&[][..], Value::items) {
            match rule.items() {
                [old, new] => table.endings.push((string(old, PART)?, string(new, PART)?)),
                _ => return Err(LoadError::part(PART, "a rule of another form")),
            }
        }
        for (word, forms) in of("lemma_exc").map_or(&[][..], Value::entries) {
            let forms = forms
                .items()
                .iter()
                .map(|form| string(form, PART))
                .collect::<Result<Vec<_>, _>>()?;
            table.exceptions.push((string(word, PART)?, forms));
        }
        table.exceptions.sort_unstable();
        let known = of("lemma_index").map_or(&[][..], Value::items);
        let mut known =
            known.iter().map(|word| string(word, PART)).collect::<Result<Vec<_>, _>>()?;
        known.sort_unstable();
        known.dedup();
        if table.endings.is_empty() && table.exceptions.is_empty() && known.is_empty() {
            continue;
        }
        let set =
            Set::from_iter(known).map_err(|error| LoadError::part(PART, error.to_string()))?;
        let blob = blobs.add(set.as_fst().as_bytes().iter().copied());
        tables.push((table, blob));
    }
    Ok(tables)
}

/// The rules of the attribute ruler.
pub(super) fn attribute_rules(source: &mut Source) -> Result<Vec<Rule>, LoadError> {
    source.msgpack("attribute_ruler/patterns")?.items().iter().map(attribute_rule).collect()
}

fn attribute_rule(rule: &Value) -> Result<Rule, LoadError> {
    let wrong = |what: &str| LoadError::part("attribute_ruler/patterns", what);
    let mut patterns = Vec::new();
    for pattern in rule.get("patterns").ok_or_else(|| wrong("a rule without patterns"))?.items() {
        patterns.push(pattern.items().iter().map(token_pattern).collect::<Result<Vec<_>, _>>()?);
    }
    let mut set = Setting::default();
    for (name, value) in rule.get("attrs").map_or(&[][..], Value::entries) {
        let value = value.text().ok_or_else(|| wrong("a value that is no text"))?;
        let slot = match name.text() {
            Some("TAG") => &mut set.tag,
            Some("DEP") => &mut set.dep,
            Some("POS") => &mut set.pos,
            Some("MORPH") => &mut set.morph,
            Some("LEMMA") => &mut set.lemma,
            _ => return Err(wrong("a rule that sets another attribute")),
        };
        // Features are written `_` where there are none.
        *slot = Some(if value == "_" { "".into() } else { value.into() });
    }
    let index = rule.get("index").and_then(Value::int).unwrap_or(0);
    Ok(Rule {
        patterns,
        set,
        index: i32::try_from(index).map_err(|_| wrong("an index out of range"))?,
    })
}

fn token_pattern(token: &Value) -> Result<Vec<(Field, Test)>, LoadError> {
    let wrong = |what: &str| LoadError::part("attribute_ruler/patterns", what);
    let list = |value: &Value| {
        let texts: Option<Vec<String>> =
            value.items().iter().map(|item| item.text().map(str::to_owned)).collect();
        texts.ok_or_else(|| wrong("a list of other things than text"))
    };
    let mut tests = Vec::new();
    for (name, value) in token.entries() {
        let field = match name.text() {
            Some("TAG") => Field::Tag,
            Some("DEP") => Field::Dep,
            Some("ORTH") => Field::Orth,
            Some("LOWER") => Field::Lower,
            Some("NORM") => Field::Norm,
            Some("IS_SPACE") => Field::IsSpace,
            _ => return Err(wrong("a pattern that asks for another attribute")),
        };
        let test = match value {
            Value::Bool(flag) if field == Field::IsSpace => Test::Flag(*flag),
            Value::Map(entries) => match entries.as_slice() {
                [(name, value)] => match name.text() {
                    Some("IN") => Test::In(list(value)?),
                    Some("NOT_IN") => Test::NotIn(list(value)?),
                    Some("REGEX") if field == Field::Lower => Test::Regex(
                        value
                            .text()
                            .ok_or_else(|| wrong("a regular expression that is no text"))?
                            .to_owned(),
                    ),
                    _ => return Err(wrong("a test of another kind")),
                },
                _ => return Err(wrong("several tests in one")),
            },
            value => Test::In(vec![
                value.text().ok_or_else(|| wrong("a value that is no text"))?.to_owned(),
            ]),
        };
        tests.push((field, test));
    }
    Ok(tests)
}
