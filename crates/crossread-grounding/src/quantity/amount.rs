//! How much: numbers, ranges, shares and vague counts, with the words that bound them.

use super::lexicon::{Bound, LEXICON, Sense, Unit};
use super::reader::Reader;
use crate::number::{Number, number, plain, scale};

/// An amount as read: the words from `start` to before `end`, its unit among them.
#[derive(Debug, Clone)]
pub(super) struct Amount {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    pub(super) approximate: bool,
    pub(super) unit: Option<Unit>,
    pub(super) sense: Option<Sense>,
    pub(super) rule: Option<&'static str>,
    /// The number has words about it that say it is an amount: a bound, a unit, a currency.
    pub(super) marked: bool,
    /// It is a number in digits alone.
    pub(super) digits: bool,
}

impl Amount {
    pub(super) fn plain(start: usize, end: usize, min: f64, max: Option<f64>) -> Self {
        Self {
            start,
            end,
            min: Some(min),
            max,
            approximate: false,
            unit: None,
            sense: None,
            rule: None,
            marked: false,
            digits: false,
        }
    }

    /// What a bounding word makes of it.
    pub(super) fn bound(&mut self, bound: Bound) {
        match bound {
            Bound::AtLeast => self.max = None,
            Bound::AtMost => self.min = None,
            Bound::Nearly => {
                self.min = self.min.map(|min| min * 0.9);
                self.approximate = true;
                self.rule = self.rule.or(Some("nearly"));
            }
            Bound::About => self.approximate = true,
            Bound::Exact => {}
        }
    }
}

/// No amount has more bounding words before it than this.
const MOST_BOUNDS: usize = 4;

impl Reader<'_> {
    /// The amount that starts at `at`.
    pub(super) fn amount(&self, at: usize) -> Option<Amount> {
        let words = self.words;
        let (mut bounds, mut sense) = (Vec::new(), None);
        let mut next = at;
        for _ in 0..MOST_BOUNDS {
            if let Some((after, bound)) = LEXICON.bounds.find(words, next) {
                bounds.push(bound);
                next = after;
            } else if let Some((after, found)) = LEXICON.senses_before.find(words, next)
                && matches!(found, Sense::New)
            {
                sense = Some(found);
                next = after;
            } else {
                break;
            }
        }
        let money = LEXICON.currencies.find(words, next).filter(|(after, _)| {
            words.digits(*after).is_some()
                || words.mark(*after, '.')
                || self.number(*after).is_some()
        });
        let first = money.map_or(next, |(after, _)| after);
        let mut amount = self.core(first, money.map(|(_, unit)| unit))?;
        // "some" and "just" lead to much that is no amount.
        amount.start = at;
        amount.marked |= !bounds.is_empty() || sense.is_some() || money.is_some();
        amount.sense = sense;
        for bound in bounds.iter().rev() {
            amount.bound(*bound);
        }
        Some(amount)
    }

    /// The amount without the words before it.
    fn core(&self, at: usize, money: Option<Unit>) -> Option<Amount> {
        if self.taken(at) {
            return None;
        }
        let words = self.words;
        // "a magnitude-5.4 earthquake", "magnitude 6"
        if words.is(at, "magnitude") {
            let number =
                self.number(words.past_hyphen(at + 1)).filter(|number| number.value < 11.0)?;
            let amount = Amount::plain(at, number.end, number.value, Some(number.value));
            return Some(Amount { unit: LEXICON.unit_of("magnitude"), marked: true, ..amount });
        }
        if money.is_none()
            && let Some(height) = self.height(at)
        {
            return Some(height);
        }
        if let Some(between) = self.between(at, money) {
            return Some(between);
        }
        if let Some(vague) = self.vague(at) {
            return Some(self.with_unit(vague, money));
        }
        if money.is_none()
            && let Some(share) = self.share(at)
        {
            return Some(share);
        }
        let (first, sign) = if words.is(at, "minus")
            || (words.mark(at, '-')
                && words.glued(at + 1)
                && !words.glued(at)
                && words.digits(at + 1).is_some())
        {
            (at + 1, -1.0)
        } else {
            (at, 1.0)
        };
        let low = self.money_number(first, money)?;
        let value = sign * low.value;
        let mut amount = Amount::plain(at, low.end, value, Some(value));
        amount.digits = low.digits;
        amount.marked = sign < 0.0;
        amount = self.with_unit(amount, money);
        if sign > 0.0
            && let Some(range) = self.range(&amount, low, money)
        {
            return Some(range);
        }
        Some(self.with_words_after(amount))
    }

    /// A number that no time expression has taken.
    pub(super) fn number(&self, at: usize) -> Option<Number> {
        number(self.words, at).filter(|number| !self.taken(at) && !self.taken(number.end - 1))
    }

    /// A number, where "m" after it is a million of money.
    fn money_number(&self, at: usize, money: Option<Unit>) -> Option<Number> {
        let number = self.number(at)?;
        let m = number.digits && self.words.is(number.end, "m") && self.words.glued(number.end);
        // "1.2m people" are millions, "50m waves" are metres.
        let next = self.words.lower(number.end + 1);
        let many = LEXICON.person(next).is_some_and(|person| person.plural)
            || LEXICON.is_counted_in_millions(next);
        if m && (money.is_some() || many) {
            return Some(Number { end: number.end + 1, value: number.value * 1e6, digits: false });
        }
        Some(number)
    }

    /// The amount with the unit that follows: "percent", "kilometres", "manats", "-mile".
    fn with_unit(&self, mut amount: Amount, money: Option<Unit>) -> Amount {
        if money.is_some() {
            amount.unit = money;
            // "$5 million dollars", "US$ 5 million"
            return amount;
        }
        let words = self.words;
        let next = words.past_hyphen(amount.end);
        if next > amount.end && words.is(next, "strong") {
            // "a 40-strong crowd"
            return Amount { end: next + 1, unit: LEXICON.person_unit(), marked: true, ..amount };
        }
        let Some((end, unit)) = LEXICON.units.find(words, next) else { return amount };
        let short = words.lower(next).len() <= 2 && !words.mark(next, '%');
        let capital = words.word(next).is_some_and(|word| word.capital);
        // "5 m" and "5 MW" but not "5 M", "3 in", "12 Miles Davis records".
        if self.taken(next)
            || (short && !amount.digits && !words.glued(next))
            || (capital && !short && words.lower(next) != "us")
        {
            return amount;
        }
        let pounds = words.any(next, &["pound", "pounds"]);
        let of_something = words.is(end, "of");
        amount.unit = Some(unit);
        if pounds && !of_something && amount.max.is_some_and(|max| max >= 1e5) {
            amount.unit = LEXICON.currencies_unit("GBP");
        }
        amount.end = end;
        amount.marked = true;
        amount
    }

    /// "-odd", "-plus", "+", "or so", "or more" after a number or its unit.
    pub(super) fn with_words_after(&self, mut amount: Amount) -> Amount {
        let words = self.words;
        if words.glued_mark(amount.end, '+') {
            amount.bound(Bound::AtLeast);
            amount.end += 1;
            amount.marked = true;
            return amount;
        }
        let next = words.past_hyphen(amount.end);
        if let Some((end, bound)) = LEXICON.bounds_after.find(words, next)
            && (next > amount.end || !words.any(next, &["plus", "odd"]))
        {
            amount.bound(bound);
            amount.end = end;
            amount.marked = true;
        }
        amount
    }

    /// "5-foot-8", "6 feet 2 inches": feet and inches as one measure, in inches.
    fn height(&self, at: usize) -> Option<Amount> {
        const IN_A_FOOT: f64 = 12.0;
        let words = self.words;
        let past_hyphen = |at: usize| if words.mark(at, '-') { at + 1 } else { at };
        let small = |at: usize| -> Option<f64> {
            let digits = words.digits(at).and_then(|digits| digits.parse::<f64>().ok());
            digits.or_else(|| plain(words.lower(at)).map(f64::from)).filter(|value| *value < 100.0)
        };
        let feet = small(at)?;
        let unit_at = past_hyphen(at + 1);
        if !words.any(unit_at, &["foot", "feet", "ft"]) {
            return None;
        }
        let inches_at = past_hyphen(unit_at + 1);
        let inches = small(inches_at).filter(|inches| *inches < IN_A_FOOT)?;
        let named_at = past_hyphen(inches_at + 1);
        let named = words.any(named_at, &["inch", "inches", "in"]);
        // "9 feet 3 times" is no height.
        if !named && inches_at == unit_at + 1 {
            return None;
        }
        let end = if named { named_at + 1 } else { inches_at + 1 };
        let value = feet * IN_A_FOOT + inches;
        let mut amount = Amount::plain(at, end, value, Some(value));
        amount.unit = LEXICON.unit_of("inch");
        amount.marked = true;
        Some(amount)
    }

    /// "between 30 and 40".
    fn between(&self, at: usize, money: Option<Unit>) -> Option<Amount> {
        let words = self.words;
        if !words.is(at, "between") {
            return None;
        }
        let symbol = |at: usize| LEXICON.currencies.find(words, at);
        let (first, money) =
            symbol(at + 1).map_or((at + 1, money), |(after, unit)| (after, Some(unit)));
        let low = self.money_number(first, money)?;
        let one = self.with_unit(Amount::plain(at, low.end, low.value, None), money);
        if !words.is(one.end, "and") {
            return None;
        }
        let second = symbol(one.end + 1).map_or(one.end + 1, |(after, _)| after);
        let high = self.money_number(second, money)?;
        let mut range = self.joined(at, low, high)?;
        range = self.with_unit(range, money);
        range.unit = range.unit.or(one.unit);
        range.marked = true;
        Some(range)
    }

    /// "40 percent to 70 percent", "5-10", "two or three", from the first amount on.
    fn range(&self, first: &Amount, low: Number, money: Option<Unit>) -> Option<Amount> {
        let words = self.words;
        let hyphen = words.past_hyphen(first.end);
        let (joint, next) = if hyphen > first.end {
            ("-", hyphen)
        } else if words.any(first.end, &["to", "or", "-"]) {
            (words.lower(first.end), first.end + 1)
        } else {
            return None;
        };
        // "rose from 5 to 8" tells of two amounts.
        let from = first.start > 0 && words.any(self.before_symbol(first.start), &["from"]);
        if joint == "to" && from && self.change_before(first.start.saturating_sub(1)).is_some() {
            return None;
        }
        let symbol = LEXICON.currencies.find(words, next);
        let second = symbol.map_or(next, |(after, _)| after);
        let high = self.money_number(second, money)?;
        if joint == "or" && (low.digits || high.value > low.value + 3.0) {
            return None;
        }
        if joint == "-" && self.is_score(first.start, high.end) {
            return None;
        }
        let mut range = self.joined(first.start, low, high)?;
        range = self.with_unit(range, money);
        // "400 km to 250 people" joins nothing.
        if first.unit.is_some() && money.is_none() && range.unit != first.unit {
            return None;
        }
        range.digits = low.digits && high.digits;
        Some(self.with_words_after(range))
    }

    /// The range of two numbers, where they make one. "1 to 2 million" starts at a million.
    fn joined(&self, start: usize, low: Number, high: Number) -> Option<Amount> {
        let by = scale(self.words.lower(high.end - 1))
            .filter(|by| low.digits && low.value * by < high.value);
        let low = by.map_or(low.value, |by| low.value * by);
        (low < high.value).then(|| Amount::plain(start, high.end, low, Some(high.value)))
    }

    /// "dozens", "several hundred", "tens of thousands".
    fn vague(&self, at: usize) -> Option<Amount> {
        let words = self.words;
        let (end, vague) = LEXICON.vague.find(words, at)?;
        let name = self.rule_name(at, end);
        let mut amount = Amount::plain(at, end, vague.min, vague.max);
        amount.approximate = true;
        amount.rule = name;
        if vague.scale
            && let Some(by) = scale(words.lower(end))
        {
            amount.min = Some(vague.min * by);
            // "several hundred" ends before the next hundred after nine.
            amount.max = vague.max.map(|max| max * by + by - 1.0);
            amount.end = end + 1;
            amount.marked = true;
        } else if words.is(at, "few") {
            return None;
        }
        Some(amount)
    }

    /// The phrase of the lexicon as a name that lives as long as the program.
    fn rule_name(&self, at: usize, end: usize) -> Option<&'static str> {
        const NAMES: [&str; 15] = [
            "dozens",
            "scores",
            "tens of thousands",
            "tens of millions",
            "tens of billions",
            "hundreds of thousands",
            "hundreds of millions",
            "hundreds of billions",
            "dozens of thousands",
            "hundreds",
            "thousands",
            "millions",
            "billions",
            "several",
            "tens",
        ];
        let name = NAMES.into_iter().find(|name| {
            let mut words = name.split(' ');
            (at..end).all(|at| words.next() == Some(self.words.lower(at))) && words.next().is_none()
        });
        name.or_else(|| match self.words.lower(if self.words.is(at, "a") { at + 1 } else { at }) {
            "few" => Some("a few"),
            "handful" => Some("a handful"),
            "couple" => Some("a couple"),
            _ => None,
        })
    }

    /// "two-thirds", "half of", "a quarter of", "one in five", as percent.
    fn share(&self, at: usize) -> Option<Amount> {
        let words = self.words;
        let percent = |end: usize, value: f64, rule| {
            let mut amount = Amount::plain(at, end, value, Some(value));
            amount.unit = LEXICON.percent_unit();
            amount.rule = Some(rule);
            amount.marked = true;
            Some(amount)
        };
        if words.is(at, "half")
            && words.any(at + 1, &["of", "the", "its", "their", "his", "her", "our"])
        {
            return percent(at + 1, 50.0, "fraction");
        }
        let (after, numerator) = match words.lower(at) {
            "a" | "an" => (at + 1, 1.0),
            _ => {
                let number = self.number(at).filter(|number| number.value.fract() == 0.0)?;
                (number.end, number.value)
            }
        };
        let part = words.past_hyphen(after);
        if let Some(denominator) = denominator(words.lower(part)).filter(|_| !self.taken(part)) {
            let many = words.lower(part).ends_with('s') || words.is(part, "halves");
            // "a third of", "one-third", "two-thirds": not "a third man", "one third man".
            let fits = (many == (numerator > 1.0))
                && numerator < denominator
                && (many || words.is(part + 1, "of") || part > after);
            return fits.then(|| percent(part + 1, 100.0 * numerator / denominator, "fraction"))?;
        }
        // "one in five residents", "three out of four"
        let whole =
            if words.is(after, "in") { after + 1 } else { words.phrase(after, &["out", "of"])? };
        let whole_number = self
            .number(whole)
            .filter(|whole| whole.value > numerator && whole.value.fract() == 0.0)?;
        let small = whole_number.value <= 10.0
            || matches!(whole_number.value, 100.0 | 20.0 | 50.0 | 1000.0);
        let every = words.is(after, "out") || (numerator == 1.0 && !words.is(at, "a"));
        let noun = self.noun_after(whole_number.end);
        let people = noun.is_some_and(|(_, end)| {
            LEXICON.person(words.lower(end - 1)).is_some_and(|person| person.plural)
        });
        // "three in 10 voters", but "killed three in 10 attacks"
        let every = every || (people && whole_number.value == 10.0);
        let noun = noun.is_some();
        (small && every && noun)
            .then(|| percent(whole_number.end, 100.0 * numerator / whole_number.value, "ratio"))?
    }
}

/// The denominator of a share: 3 for "thirds".
fn denominator(word: &str) -> Option<f64> {
    Some(match word {
        "half" | "halves" => 2.0,
        "third" | "thirds" => 3.0,
        "quarter" | "quarters" | "fourth" | "fourths" => 4.0,
        "fifth" | "fifths" => 5.0,
        "sixth" | "sixths" => 6.0,
        "seventh" | "sevenths" => 7.0,
        "eighth" | "eighths" => 8.0,
        "ninth" | "ninths" => 9.0,
        "tenth" | "tenths" => 10.0,
        _ => return None,
    })
}
