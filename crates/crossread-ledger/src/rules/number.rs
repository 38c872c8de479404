//! Numbers with bounds and units.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::table;

/// A number as claimed: a range in a unit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Amount {
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
    pub(crate) approximate: bool,
    pub(crate) unit: Option<String>,
}

/// How one range stands to another of the same kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// The same at the precision stated.
    Same,
    /// Both can hold, and the first is narrower.
    FirstWithin,
    /// Both can hold, and the second is narrower.
    SecondWithin,
    /// They overlap in part.
    Overlap,
    /// They cannot both hold; the first is the smaller.
    FirstBelow,
    /// They cannot both hold; the second is the smaller.
    SecondBelow,
    /// They are measured in unlike units.
    Unlike,
}

static UNITS: LazyLock<FxHashMap<&'static str, (&'static str, f64)>> = LazyLock::new(|| {
    table::lines(include_str!("../../data/units.tsv"))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, (cells.next()?, cells.next()?.parse().ok()?)))
        })
        .collect()
});

/// How many of its base unit one of this unit is; one for a unit not in the table.
pub(crate) fn factor(unit: &str) -> f64 {
    UNITS.get(unit).map_or(1.0, |(_, factor)| *factor)
}

/// The unit that others of its kind are multiples of; a unit not in the table is its own.
pub(crate) fn base_unit(unit: &str) -> &str {
    UNITS.get(unit).map_or(unit, |(base, _)| base)
}

impl Amount {
    /// Whether both bounds of another lie within its own.
    pub(crate) fn contains(&self, other: &Self) -> bool {
        self.min.zip(other.min).is_some_and(|(low, least)| low <= least)
            && self.max.zip(other.max).is_some_and(|(high, most)| most <= high)
    }

    /// The bounds in the base unit, widened by what rounding hides: half of the last significant digit where the words
    /// say "about".
    fn bounds(&self, converted: bool) -> (f64, f64) {
        let factor = self.unit.as_deref().and_then(|unit| UNITS.get(unit)).map_or(1.0, |u| u.1);
        let exact = self.min == self.max;
        let slack = match self.min {
            Some(value) if exact && self.approximate => half_digit(value).min(most_rounded(value)),
            // A figure given in one unit was often rounded from another: 400 kilometres is 250 miles.
            Some(value) if exact && converted => value.abs() * 0.025,
            _ => 0.0,
        };
        let low = self.min.map_or(f64::NEG_INFINITY, |value| (value - slack) * factor);
        let high = self.max.map_or(f64::INFINITY, |value| (value + slack) * factor);
        (low, high)
    }
}

/// Half of the last significant digit of a round number: 50 for 900, 500 for 6,000, half a unit for 17.
fn half_digit(value: f64) -> f64 {
    let mut digit = 1.0;
    let value = value.abs();
    if value.fract() != 0.0 {
        return 0.05;
    }
    while digit < 1e15 && value != 0.0 && (value / (digit * 10.0)).fract() == 0.0 {
        digit *= 10.0;
    }
    digit / 2.0
}

/// How far "about" reaches at most: a twentieth, of a small number some more.
fn most_rounded(value: f64) -> f64 {
    (value.abs() * 0.05).max(2.5)
}

/// How `a` stands to `b`.
pub(crate) fn fit(a: &Amount, b: &Amount) -> Fit {
    // Robbers are counted as persons or as things, as the reader knows the noun or not.
    let unit =
        |amount: &Amount| -> Option<String> { amount.unit.clone().filter(|unit| unit != "person") };
    let base = |amount: &Amount| unit(amount).as_deref().map(base_unit).map(str::to_owned);
    if base(a) != base(b) {
        return Fit::Unlike;
    }
    let converted = unit(a) != unit(b);
    let (a_low, a_high) = a.bounds(converted);
    let (b_low, b_high) = b.bounds(converted);
    if a_high < b_low {
        return Fit::FirstBelow;
    }
    if b_high < a_low {
        return Fit::SecondBelow;
    }
    let point = |amount: &Amount| amount.min.is_some() && amount.min == amount.max;
    // "Up to 120 mph" is "up to 193 km/h".
    let near =
        |a: f64, b: f64| a == b || (converted && (a - b).abs() <= 0.025 * a.abs().max(b.abs()));
    if (near(a_low, b_low) && near(a_high, b_high)) || (point(a) && point(b)) {
        // Two figures of which one is "about": the same if the rounding ranges meet.
        return Fit::Same;
    }
    if b_low <= a_low && a_high <= b_high {
        Fit::FirstWithin
    } else if a_low <= b_low && b_high <= a_high {
        Fit::SecondWithin
    } else {
        Fit::Overlap
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(min: impl Into<Option<f64>>, max: impl Into<Option<f64>>, unit: &str) -> Amount {
        let unit = Some(unit).filter(|unit| !unit.is_empty()).map(str::to_owned);
        Amount { min: min.into(), max: max.into(), approximate: false, unit }
    }

    fn about(value: f64, unit: &str) -> Amount {
        Amount { approximate: true, ..amount(value, value, unit) }
    }

    #[test]
    fn bounds_are_bounds() {
        let nine = amount(9.0, 9.0, "person");
        let at_least_eleven = amount(11.0, None, "person");
        assert_eq!(fit(&nine, &at_least_eleven), Fit::FirstBelow);
        assert_eq!(fit(&at_least_eleven, &nine), Fit::SecondBelow);
        assert_eq!(fit(&amount(12.0, 12.0, "person"), &at_least_eleven), Fit::FirstWithin);
        assert_eq!(
            fit(&amount(40.0, 70.0, "percent"), &amount(50.0, 66.7, "percent")),
            Fit::SecondWithin
        );
        assert_eq!(fit(&nine, &amount(9.0, 9.0, "km")), Fit::Unlike);
    }

    #[test]
    fn one_distance_in_two_units_is_one_distance() {
        assert_eq!(fit(&amount(400.0, 400.0, "km"), &amount(250.0, 250.0, "mile")), Fit::Same);
        assert_eq!(fit(&amount(60.0, 60.0, "m"), &amount(200.0, 200.0, "foot")), Fit::Same);
        assert_eq!(
            fit(&amount(700.0, 700.0, "m"), &amount(2000.0, 2000.0, "foot")),
            Fit::SecondBelow
        );
    }

    #[test]
    fn about_reaches_as_far_as_its_last_digit() {
        assert_eq!(fit(&about(900.0, ""), &amount(920.0, 920.0, "")), Fit::Same);
        assert_eq!(fit(&about(200_000.0, ""), &amount(120_000.0, 120_000.0, "")), Fit::SecondBelow);
        assert_eq!(fit(&amount(8.0, 8.0, ""), &amount(9.0, 9.0, "")), Fit::FirstBelow);
    }
}
