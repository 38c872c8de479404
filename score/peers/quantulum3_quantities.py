"""quantulum3: amounts with units, as its own regular expressions and unit table read them.

Its classifier for ambiguous units needs the scikit-learn it was trained with, and is left off; it then takes the unit
by its own rules of preference.
"""

import functools

import record

# Its names for units, where the record has a code of its own; other units go by quantulum3's name, and a number
# without a unit has none.
UNITS = {
    "percentage": "percent", "dollar": "USD", "euro": "EUR", "pound sterling": "GBP", "kilometre": "km",
    "metre": "m", "centimetre": "cm", "millimetre": "mm", "mile": "mi", "foot": "ft", "yard": "yd", "inch": "in",
    "hectare": "ha", "acre": "acre", "square kilometre": "km2", "square metre": "m2", "square mile": "mi2",
    "kilogram": "kg", "gram": "g", "tonne": "tonne", "ton": "tonne", "pound-mass": "lb", "ounce": "oz", "litre": "l",
    "gallon": "gal", "barrel": "bbl", "kilometre per hour": "km/h", "mile per hour": "mph", "knot": "kn",
    "degree Celsius": "C", "degree fahrenheit": "F", "megawatt": "MW", "gigawatt": "GW", "kilowatt": "kW",
    "year": "year", "month": "month", "week": "week", "day": "day", "hour": "hour", "minute": "minute",
    "second": "second", "cubic metre": "m3", "yen": "JPY", "ruble": "RUB", "turkish lira": "TRY",
}


@functools.cache
def parser():
    from quantulum3 import classifier, parser

    classifier.disable_classifier() if hasattr(classifier, "disable_classifier") else None
    classifier.USE_CLF = False
    return parser


def annotate(text):
    """The amounts quantulum3 gives, a range as its middle and half its width."""
    found = []
    for quantity in parser().parse(text.text):
        spread = quantity.uncertainty or 0
        unit = quantity.unit.name
        found.append({
            "span": text.span(*quantity.span),
            "min": quantity.value - spread,
            "max": quantity.value + spread,
            "approximate": False,
            "unit": None if unit == "dimensionless" else UNITS.get(unit, unit),
            "of": None,
            "share_of": None,
        })
    found.sort(key=lambda quantity: quantity["span"])
    return text.record(quantities=found)


if __name__ == "__main__":
    record.main(annotate)
