//! A sentence read for amounts: which of them are kept, and what is counted.

use crossread_record::{Flag, Parsed, Quantity, Time};

use super::amount::Amount;
use super::lexicon::{LEXICON, Sense, Unit};
use crate::words::{Made, Stretch, token_at};

/// Numbers with more are read as none; see [`crate::number`].
const MOST_DIGITS: u32 = 16;
/// Ages in a list that are read together.
const LONGEST_LIST: usize = 12;

/// A sentence being read.
pub(super) struct Reader<'a> {
    pub(super) words: &'a Stretch,
    pub(super) parsed: &'a Parsed,
    /// Which words time expressions have taken.
    taken: Vec<bool>,
}

/// An amount with what is counted, as words of the sentence.
pub(super) struct Found {
    pub(super) amount: Amount,
    of: Option<(usize, usize)>,
    share_of: Option<(usize, usize)>,
}

impl Found {
    /// One past the last word that belongs to it.
    fn end(&self) -> usize {
        let of = self.of.or(self.share_of).map_or(0, |(_, end)| end);
        self.amount.end.max(of)
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(words: &'a Stretch, parsed: &'a Parsed, times: &[Time]) -> Self {
        let mut next = words.word(0).map_or(times.len(), |first| {
            times.partition_point(|time| time.span.end <= first.span.start)
        });
        let taken = words
            .words
            .iter()
            .map(|word| {
                while times.get(next).is_some_and(|time| time.span.end <= word.span.start) {
                    next += 1;
                }
                times.get(next).is_some_and(|time| time.span.overlaps(word.span))
            })
            .collect();
        Self { words, parsed, taken }
    }

    pub(super) fn taken(&self, at: usize) -> bool {
        self.taken.get(at).copied().unwrap_or(false)
    }

    pub(super) fn tag(&self, at: usize) -> &'a str {
        self.words
            .word(at)
            .and_then(|word| token_at(self.parsed, word.span.start))
            .map_or("", |token| self.parsed.tokens[token].tag.as_str())
    }

    fn capital(&self, at: usize) -> bool {
        self.words.word(at).is_some_and(|word| word.capital)
    }

    /// The amounts of the sentence, in order; `before` are those of the sentences before it.
    pub(super) fn quantities(&self, before: usize) -> Vec<Quantity> {
        let mut found: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < self.words.words.len() {
            let skip = self.skipped(at);
            if skip > at {
                at = skip;
                continue;
            }
            let Some(one) = self.age(at).or_else(|| self.kept(at)).or_else(|| self.article(at))
            else {
                at += 1;
                continue;
            };
            at = one.amount.end.max(at + 1);
            found.push(one);
        }
        let words = self.words;
        let mut quantities: Vec<Quantity> = Vec::with_capacity(found.len());
        for (index, one) in found.iter().enumerate() {
            let earlier = index.checked_sub(1).map(|index| &found[index]);
            let same_as = earlier
                .filter(|earlier| self.same_amount(earlier, one))
                .map(|_| (before + index - 1) as u32);
            let sense = one.amount.sense.or_else(|| self.sense(one)).or_else(|| {
                // "including two children and three women"
                let earlier = earlier.filter(|earlier| {
                    let gap = earlier.end()..one.amount.start;
                    quantities.last().is_some_and(|last| last.sense.as_deref() == Some("part"))
                        && gap.len() <= 2
                        && gap.clone().all(|at| words.any(at, &["and", ","]))
                });
                earlier.map(|_| Sense::Part)
            });
            let (mut min, mut max) = (one.amount.min, one.amount.max);
            if sense == Some(Sense::Change) && self.declines(one) {
                (min, max) = (max.map(|max| -max), min.map(|min| -min));
            }
            let span = |(start, end): (usize, usize)| words.span(start, end);
            quantities.push(Quantity {
                span: span((one.amount.start, one.amount.end)),
                min,
                max,
                approximate: one.amount.approximate,
                unit: one.amount.unit.map(|unit| LEXICON.code(unit).to_owned()),
                of: one.of.map(span),
                share_of: one.share_of.map(span),
                sense: sense.map(|sense| sense.name().to_owned()),
                rule: one.amount.rule.map(str::to_owned),
                same_as,
            });
        }
        quantities
    }

    /// The numbers with more digits than any count or sum has, with their groups.
    pub(super) fn unread(&self) -> Vec<Flag> {
        let words = self.words;
        let mut flags = Vec::new();
        let mut at = 0;
        while at < words.words.len() {
            let start = at;
            let mut digits = 0;
            while let Some(word) = words.word(at).filter(|word| word.made == Made::Digits) {
                digits += word.span.len();
                at += 1;
                if words.glued_mark(at, ',') && words.glued(at + 1) {
                    at += 1;
                } else {
                    break;
                }
            }
            if digits > MOST_DIGITS && !self.taken(start) {
                flags.push(Flag {
                    kind: "unread_number".into(),
                    span: Some(words.span(start, at)),
                    note: "a number of more than 16 digits is no amount of anything".into(),
                });
            }
            at = at.max(start + 1);
        }
        flags
    }

    /// Past digits at `at` that are no amount: telephone numbers, scores, clock times, list numbers.
    fn skipped(&self, at: usize) -> usize {
        let words = self.words;
        if words.digits(at).is_none() {
            // A number too long to be one.
            let long = words.word(at).is_some_and(|word| word.made == Made::Digits);
            return if long { at + 1 } else { at };
        }
        // Digits tied to one another by marks: 555-01-23, 3:1, 24/7, 10.0.0.1.
        let (mut end, mut ties, mut hyphens) = (at + 1, 0, 0);
        while let Some(mark) =
            [':', '/', '-', '.'].into_iter().find(|mark| words.glued_mark(end, *mark))
            && words.glued(end + 1)
            && words.digits(end + 1).is_some()
        {
            ties += 1;
            hyphens += usize::from(mark == '-');
            end += 2;
        }
        let first = words.mark(at + 1, ':') || words.mark(at + 1, '/');
        if ties > 1
            || (ties == 1 && first && self.number(at).is_none_or(|number| number.end == at + 1))
        {
            // "5-1/2", "0.5-1.5" are amounts.
            let amount = hyphens == 1
                && ties <= 3
                && !words.mark(at + 1, ':')
                && (at..end).any(|at| words.mark(at, '.') || words.mark(at, '/'))
                && words.mark(at + 1, '.');
            return if amount { at } else { end };
        }
        if ties == 1 && hyphens == 1 && self.is_score(at, end) {
            return end;
        }
        at
    }

    /// Whether two numbers with a hyphen between them are a score or a vote: "won 3-2", "5-4 ruling".
    pub(super) fn is_score(&self, start: usize, end: usize) -> bool {
        let words = self.words;
        let near = (start.saturating_sub(4)..start).chain(end..end + 2);
        let falling = match (words.digits(start), words.digits(start + 2)) {
            (Some(a), Some(b)) => {
                a.len() <= 3 && b.len() <= 3 && a.parse::<u32>().ok() >= b.parse::<u32>().ok()
            }
            _ => false,
        };
        falling || near.into_iter().any(|at| LEXICON.is_score(words.lower(at)))
    }

    /// An amount at `at`, where it is one that counts or measures something.
    fn kept(&self, at: usize) -> Option<Found> {
        let words = self.words;
        if self.taken(at) || self.is_part_of_name(at) {
            return None;
        }
        let mut amount = self.amount(at)?;
        if self.is_designation(at) {
            return None;
        }
        // "the magnitude at 6.1", "a magnitude of 5.9"
        if amount.unit.is_none()
            && amount.digits
            && at > 1
            && words.any(at - 1, &["of", "at", "was", "is", "as", "to"])
            && words.is(at - 2, "magnitude")
            && amount.max.is_none_or(|max| max < 11.0)
        {
            amount.unit = LEXICON.unit_of("magnitude");
            amount.marked = true;
        }
        if amount.start + 1 == amount.end || amount.digits {
            let bare = !amount.marked && amount.rule.is_none();
            if bare && self.is_label(&amount) {
                return None;
            }
        }
        let found = self.counted(amount);
        self.is_amount(&found).then_some(found)
    }

    /// "AK-47", "B52", "#5", the "5" of "3.5" met from the middle.
    fn is_part_of_name(&self, at: usize) -> bool {
        let words = self.words;
        if at == 0 || !words.glued(at) {
            return false;
        }
        let Some(before) = words.word(at - 1) else { return false };
        let digits = words.word(at).is_some_and(|word| word.made == Made::Digits);
        match before.made {
            Made::Letters => {
                digits && !matches!(before.lower.as_str(), "rs" | "usd" | "eur" | "gbp" | "chf")
            }
            Made::Digits => true,
            Made::Mark('-') => {
                let free = !before.glued;
                !free
                    && at > 1
                    && words
                        .word(at - 2)
                        .is_some_and(|word| matches!(word.made, Made::Letters | Made::Digits))
            }
            Made::Mark('.' | ':' | '/' | ',') => {
                before.glued && at > 1 && words.digits(at - 2).is_some()
            }
            Made::Mark('#' | '@' | '_') => true,
            Made::Mark('\'') => digits,
            _ => false,
        }
    }

    /// A number that numbers something: "Article 5", "469 Vermont St.", "Boeing 737", "1." of a list.
    fn is_label(&self, amount: &Amount) -> bool {
        let words = self.words;
        let (start, end) = (amount.start, amount.end);
        // "a 20-storey block", "a one-armed man": what has a number for a part of its name. Persons and units were
        // read before.
        let hyphen = words.past_hyphen(end);
        if hyphen > end
            && LEXICON.person(words.lower(hyphen)).is_none()
            && !words.any(hyphen, &["year", "strong"])
        {
            return true;
        }
        if !amount.digits {
            return false;
        }
        let text = words.digits(start).unwrap_or("");
        let counts = self.noun_after(end).is_some();
        if (text.len() > 1 && text.starts_with('0') && end == start + 1)
            || (end == start + 1 && text.len() > 9 && !counts)
        {
            return true;
        }
        // "the 12200 block of 223rd Street"
        if words.any(end, &["block", "blk"]) && end == start + 1 && text.len() > 2 {
            return true;
        }
        // "the plane, a 737,"
        if start > 0 && words.any(start - 1, &["a", "an"]) && !counts {
            return true;
        }
        // "0171 555 0123": digits beside digits are a telephone's.
        let beside = |at: usize| words.digits(at).is_some_and(|digits| digits.len() > 2);
        if start > 0 && beside(start - 1) && !words.glued(start) || beside(end) && !words.glued(end)
        {
            return true;
        }
        // "5th", "3D", "1990s"
        if words.glued(end) && words.word(end).is_some_and(|word| word.made == Made::Letters) {
            return true;
        }
        if start == 0 && (words.glued_mark(end, '.') || words.mark(end, ')')) {
            return true;
        }
        if start > 0 {
            let before = start - 1;
            let numero =
                words.mark(before, '.') && before > 0 && words.any(before - 1, &["no", "nos"]);
            if numero
                || (LEXICON.is_naming(words.lower(before)) && !words.is(before, "no"))
                || words.mark(before, '#')
            {
                return true;
            }
            // "Boeing 737 crashed", "Apollo 13": a name before, no noun after.
            let name = self.capital(before)
                && (before > 0 || words.lower(before).len() > 3)
                && LEXICON.person(words.lower(before)).is_none()
                && words.word(before).is_some_and(|word| word.made == Made::Letters);
            if name && self.noun_after(end).is_none() && !words.any(end, &["of", "were"]) {
                return true;
            }
        }
        // "469 Vermont St."
        let first = end + usize::from(words.mark(end, ','));
        for next in first..first + 3 {
            if !self.capital(next) {
                break;
            }
            if next > first && LEXICON.is_street(words.lower(next)) {
                return true;
            }
        }
        // What is left of the numbers that look like years.
        let yearly = text.len() == 4
            && end == start + 1
            && text.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year));
        yearly && self.noun_after(end).is_none() && !words.is(end, "of")
    }

    /// What the amount counts or is a share of.
    fn counted(&self, mut amount: Amount) -> Found {
        let words = self.words;
        // "12 more", "12 other civilians"
        let mut next = amount.end;
        if let Some((after, sense)) = LEXICON.senses_after.find(words, next) {
            if amount.sense.is_none() && (sense != Sense::New || !words.is(after, "than")) {
                amount.sense = Some(sense);
            }
            if sense == Sense::New && !words.is(next, "others") {
                next = after;
            }
        }
        let share = amount.unit.is_some() && amount.unit == LEXICON.percent_unit();
        let measured = amount.unit.is_some();
        let of_word = words.is(next, "of");
        let noun = if of_word {
            self.noun_phrase(next + 1, true)
        } else if share && words.any(next, &["the", "its", "their", "his", "her", "our"]) {
            self.noun_phrase(next, true)
        } else if measured && !share {
            None
        } else {
            self.noun_phrase(next, false)
        };
        let (of, share_of) = match noun {
            Some(noun) if share && (of_word || amount.rule.is_some()) => (None, Some(noun)),
            // "5 percent growth" is a growth of so much, no count of growths.
            Some(noun) if !share => (Some(self.with_complement(noun, of_word)), None),
            _ => (None, None),
        };
        let mut found = Found { amount, of, share_of };
        if found.amount.unit.is_none() && self.counts_persons(&found) {
            found.amount.unit = LEXICON.person_unit();
        }
        // "200 people or more", "30 people in all"
        if found.of.is_some() && !of_word {
            let after = found.end();
            if let Some((_, bound)) = LEXICON
                .bounds_after
                .find(words, after)
                .filter(|_| !words.any(after, &["plus", "odd"]))
            {
                found.amount.bound(bound);
            }
            if found.amount.sense.is_none()
                && let Some((_, sense)) = LEXICON
                    .senses_after
                    .find(words, after)
                    .filter(|(_, sense)| *sense != Sense::New)
            {
                found.amount.sense = Some(sense);
            }
        }
        found
    }

    /// "bodies of its fighters": the noun with what it is of.
    fn with_complement(&self, (start, end): (usize, usize), of_word: bool) -> (usize, usize) {
        if of_word || !self.words.is(end, "of") {
            return (start, end);
        }
        self.noun_phrase(end + 1, true).map_or((start, end), |(_, end)| (start, end))
    }

    /// Whether the amount counts persons: by its noun, by the people named, or by what was done to them.
    fn counts_persons(&self, found: &Found) -> bool {
        let words = self.words;
        if let Some((start, end)) = found.of {
            // The head of "bodies of its fighters" is "bodies".
            let head = (start..end).find(|&at| at > start && words.is(at, "of")).unwrap_or(end) - 1;
            let people = self
                .words
                .word(head)
                .and_then(|word| token_at(self.parsed, word.span.start))
                .is_some_and(|token| {
                    let token = &self.parsed.tokens[token];
                    token.ent.ends_with("NORP") && matches!(token.tag.as_str(), "NNPS" | "NNS")
                });
            return people
                || LEXICON.person(words.lower(head)).is_some_and(|person| {
                    person.plural || found.amount.max.is_none_or(|max| max <= 1.0)
                });
        }
        let (start, end) = (found.amount.start, found.amount.end);
        let before = start > 0 && LEXICON.is_casualty(words.lower(start - 1));
        before
            || (end..end + 4)
                .take_while(|&at| {
                    words.any(
                        at,
                        &[
                            "were", "was", "are", "is", "have", "has", "had", "been", "others",
                            "more", "other", "also", "reported", "still", "of", "them", "whom",
                        ],
                    ) || LEXICON.is_casualty(words.lower(at))
                })
                .any(|at| LEXICON.is_casualty(words.lower(at)))
    }

    /// Whether what was found is an amount after all.
    fn is_amount(&self, found: &Found) -> bool {
        let words = self.words;
        let amount = &found.amount;
        let person = amount.unit.is_some() && amount.unit == LEXICON.person_unit();
        let one = amount.end == amount.start + 1 && words.is(amount.start, "one");
        if one {
            let pronoun = words.any(
                amount.start.wrapping_sub(1),
                &["no", "the", "this", "that", "which", "any", "every", "each", "by", "some"],
            ) || words
                .any(amount.end, &["another", "by", "day", "point", "way", "thing"]);
            if pronoun {
                return false;
            }
            // "one of the first villages", "one of the biggest"
            let superlative = (amount.end..amount.end + 4).any(|at| {
                matches!(self.tag(at), "JJS" | "RBS")
                    || words.any(
                        at,
                        &[
                            "first", "last", "best", "most", "main", "few", "only", "biggest",
                            "largest", "worst",
                        ],
                    )
            });
            return amount.unit.is_some() && !superlative;
        }
        if amount.rule.is_some() && amount.unit.is_none() && found.of.is_none() {
            // "several" and "dozens" alone.
            return amount.marked
                || !matches!(amount.rule, Some("several" | "a few" | "a couple" | "a handful"));
        }
        let _ = person;
        true
    }

    /// "a man", "an 8-month-old baby": one person.
    fn article(&self, at: usize) -> Option<Found> {
        let words = self.words;
        if !words.any(at, &["a", "an"]) || self.taken(at) {
            return None;
        }
        // The noun stands a few words on, with nothing but adjectives and nouns before it.
        let end = (at + 1..at + 5)
            .take_while(|&next| next == at + 1 || !self.stops(next - 1, false))
            .find(|&next| {
                LEXICON.person(words.lower(next)).is_some_and(|person| !person.plural && person.one)
            })?;
        if self.stops(end, false) {
            return None;
        }
        // "a soldier's wife", "a student union", "a man-made lake"
        let after = end + 1;
        let compound = matches!(self.tag(after), "NN" | "NNS")
            || LEXICON.person(words.lower(after)).is_some()
            || words.glued(after)
                && words.word(after).is_some_and(|word| {
                    !matches!(word.made, Made::Mark('.' | ',' | ';' | '"' | ')' | '!' | '?'))
                });
        // "is a soldier", "as a driver", "Adel Khiali, a fighter": what somebody is.
        let role = at > 0
            && (words.any(
                at - 1,
                &[
                    "is", "was", "are", "were", "be", "been", "being", "as", "become", "became",
                    "like", "than", ",",
                ],
            ) || words.is(at - 1, "not"));
        let listed =
            at > 1 && words.is(at - 1, ",") && LEXICON.person(words.lower(at - 2)).is_some();
        let apposition = at > 1 && words.is(at - 1, ",") && listed && words.is(after, "and");
        if compound || (role && !apposition) {
            return None;
        }
        let mut amount = Amount::plain(at, at + 1, 1.0, Some(1.0));
        amount.unit = LEXICON.person_unit();
        amount.rule = Some("article");
        Some(Found { amount, of: Some((at + 1, end + 1)), share_of: None })
    }

    /// "47-year-old man", "aged 26", "Adel Khiali, 26,": an age in years.
    fn age(&self, at: usize) -> Option<Found> {
        self.age_in_list(at, 0)
    }

    /// The same for the age that stands after `before` others in a list.
    fn age_in_list(&self, at: usize, before: usize) -> Option<Found> {
        let words = self.words;
        if self.taken(at) || self.is_part_of_name(at) {
            return None;
        }
        let number =
            self.number(at).filter(|number| number.value.fract() == 0.0 && number.value < 200.0)?;
        let aged = |end: usize, unit: Option<Unit>, of| {
            let mut amount = Amount::plain(at, end, number.value, Some(number.value));
            amount.unit = unit;
            amount.rule = Some("age");
            Some(Found { amount, of, share_of: None })
        };
        let unit_at = words.past_hyphen(number.end);
        if words.any(unit_at, &["year", "years", "month", "months", "week", "weeks", "day", "days"])
        {
            let old = words.past_hyphen(unit_at + 1);
            let unit = LEXICON.units.find(words, unit_at).map(|(_, unit)| unit);
            if words.any(old, &["old", "olds"]) {
                let whose = words.glued_mark(old + 1, '\'');
                return aged(old + 1, unit, self.noun_phrase(old + 1, false).filter(|_| !whose));
            }
            if let Some(end) = words.phrase(old, &["of", "age"]) {
                return aged(end, unit, None);
            }
            return None;
        }
        // "8- and 10-year-old girls": the age that follows tells in what.
        if before < LONGEST_LIST
            && words.glued_mark(number.end, '-')
            && words.any(number.end + 1, &["and", "or", "to"])
            && let Some(last) = self.age_in_list(number.end + 2, before + 1)
            && last.amount.rule == Some("age")
        {
            return aged(number.end, last.amount.unit, last.of);
        }
        let year = LEXICON.units.find(&YEAR, 0).map(|(_, unit)| unit);
        if self.listed_age(at) {
            return aged(number.end, year, None);
        }
        if let Some((end, from, to)) = self.decade_of_life(at) {
            let mut amount = Amount::plain(at, end, from, Some(to));
            amount.unit = year;
            amount.rule = Some("age");
            return Some(Found { amount, of: None, share_of: None });
        }
        // A name, a number between commas.
        let name = at > 1 && words.is(at - 1, ",") && self.capital(at - 2) && !self.taken(at - 2);
        let closed = words
            .word(number.end)
            .is_some_and(|word| matches!(word.made, Made::Mark(',' | '.' | ';')))
            && !words.is(number.end + 1, "and");
        let sole =
            number.digits && number.end == at + 1 && number.value >= 1.0 && number.value < 120.0;
        // "Group A, 12, Group B, 14" has no two names in a row before the comma.
        let full_name = at > 2 && self.capital(at - 3);
        // "Marlow, 34, was walking": one name will do where the sentence goes on about it.
        let goes_on = words.mark(number.end, ',')
            && words.any(number.end + 1, &["was", "is", "who", "of", "were", "had", "has", "and"]);
        if name && closed && sole && (full_name || goes_on) {
            let from = if full_name { at.saturating_sub(3) } else { at.saturating_sub(2) };
            return aged(number.end, year, Some((from, at - 1)));
        }
        // "the woman, 34,"
        let person = at > 1
            && words.is(at - 1, ",")
            && LEXICON.person(words.lower(at - 2)).is_some_and(|person| !person.plural);
        (person && sole && words.mark(number.end, ','))
            .then(|| aged(number.end, year, Some((at - 2, at - 1))))?
    }

    /// Whether the number at `at` stands after "aged" or "age", by itself or in a list: "girls aged 6 and 8", "ages 6, 8
    /// and 10".
    fn listed_age(&self, at: usize) -> bool {
        let words = self.words;
        let mut before = at;
        for _ in 0..LONGEST_LIST {
            let Some(lead) = before.checked_sub(1) else { return false };
            match words.lower(lead) {
                "aged" | "ages" | "age" => return true,
                "and" | "or" | "to" | "," if lead > 0 => {
                    // "15, and" has two marks between its numbers.
                    let number = if words.is(lead - 1, ",") { lead - 1 } else { lead };
                    let Some(earlier) = number.checked_sub(1) else { return false };
                    let small = words.digits(earlier).is_some_and(|digits| digits.len() <= 2);
                    if !small {
                        return false;
                    }
                    before = earlier;
                }
                _ => return false,
            }
        }
        false
    }

    /// "in her 60s", "in his early 30s": where it ends, and the years it spans.
    fn decade_of_life(&self, at: usize) -> Option<(usize, f64, f64)> {
        let words = self.words;
        let decade: f64 = words.digits(at).filter(|digits| digits.len() == 2)?.parse().ok()?;
        let plural = words.is(at + 1, "s") && words.glued(at + 1);
        let whose = at.checked_sub(1)?;
        let (whose, (from, to)) = match words.lower(whose) {
            "early" => (whose.checked_sub(1)?, (0.0, 3.0)),
            "mid" => (whose.checked_sub(1)?, (4.0, 6.0)),
            "late" => (whose.checked_sub(1)?, (7.0, 9.0)),
            _ => (whose, (0.0, 9.0)),
        };
        let said = words.any(whose, &["his", "her", "their", "my"])
            && whose > 0
            && words.is(whose - 1, "in");
        (plural && said && decade % 10.0 == 0.0).then_some((at + 2, decade + from, decade + to))
    }

    /// Whether the second amount states the first in another unit: "400 kilometers (250 miles)".
    fn same_amount(&self, first: &Found, second: &Found) -> bool {
        let (Some(a), Some(b)) = (first.amount.unit, second.amount.unit) else { return false };
        let measures = LEXICON.measures(a);
        if a == b || measures != LEXICON.measures(b) || matches!(measures, "person" | "share") {
            return false;
        }
        let gap = first.end()..second.amount.start;
        let words = self.words;
        let bracket = words.mark(second.amount.start.wrapping_sub(1), '(');
        let or = words.is(second.amount.start.wrapping_sub(1), "or");
        (bracket || or) && gap.len() <= 2 && gap.clone().all(|at| words.any(at, &["(", ",", "or"]))
    }
}

static YEAR: std::sync::LazyLock<Stretch> =
    std::sync::LazyLock::new(|| crate::words::stretch("year"));
