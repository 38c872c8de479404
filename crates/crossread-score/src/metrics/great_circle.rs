/// Kilometres between two points (degrees north, degrees east) on a sphere of 6371.0088 km, by the haversine formula.
pub fn great_circle_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    const RADIUS_KM: f64 = 6371.0088;
    let (north_a, north_b) = (a.0.to_radians(), b.0.to_radians());
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let chord = half(b.0 - a.0) + north_a.cos() * north_b.cos() * half(b.1 - a.1);
    2.0 * RADIUS_KM * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_distances() {
        let degree = great_circle_km((0.0, 0.0), (0.0, 1.0));
        assert!((degree - 111.195).abs() < 0.001, "{degree}");
        let half_way_round = great_circle_km((90.0, 0.0), (-90.0, 0.0));
        assert!((half_way_round - 20_015.115).abs() < 0.01, "{half_way_round}");
    }
}
