//! The two hashes by which spaCy's models know strings and table rows.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// The number spaCy's string store gives a string: 0 for the empty one, a small number for the names of its own
/// symbols, MurmurHash64A with seed 1 for all others.
pub(crate) fn string_id(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    match symbols().get(text) {
        Some(&id) => id,
        None => murmur64a(text.as_bytes(), 1),
    }
}

fn symbols() -> &'static FxHashMap<&'static str, u64> {
    static SYMBOLS: OnceLock<FxHashMap<&'static str, u64>> = OnceLock::new();
    SYMBOLS.get_or_init(|| {
        include_str!("../data/spacy_symbols.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(name, id)| Some((name, id.parse().ok()?)))
            .collect()
    })
}

/// MurmurHash64A (Austin Appleby, public domain).
pub(crate) fn murmur64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        let mut k = u64::from_le_bytes(*word).wrapping_mul(M);
        k ^= k >> 47;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let tail = rest.iter().rev().fold(0u64, |tail, &byte| tail << 8 | u64::from(byte));
        hash = (hash ^ tail).wrapping_mul(M);
    }
    hash ^= hash >> 47;
    hash = hash.wrapping_mul(M);
    hash ^ hash >> 47
}

/// The four rows of a hashed embedding that stand for one key: the 32-bit words of MurmurHash3_x64_128 (Austin Appleby,
/// public domain) of the key's eight bytes, to be taken modulo the number of rows.
pub(crate) fn rows(key: u64, seed: u32) -> [u32; 4] {
    fn mix(mut k: u64) -> u64 {
        k = (k ^ k >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
        k = (k ^ k >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        k ^ k >> 33
    }
    let start = u64::from(seed) ^ 8;
    let word = key.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31);
    let mut low = start ^ word.wrapping_mul(0x4cf5_ad43_2745_937f);
    let mut high = start;
    low = low.wrapping_add(high);
    high = high.wrapping_add(low);
    low = mix(low);
    high = mix(high);
    low = low.wrapping_add(high);
    high = high.wrapping_add(low);
    [low as u32, (low >> 32) as u32, high as u32, (high >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_have_the_numbers_that_spacy_gives_them() {
        assert_eq!(string_id("the"), 7425985699627899538);
        assert_eq!(string_id("naïve—"), 2705615460130792179);
        assert_eq!(string_id("nsubj"), 429, "a symbol of spaCy's own");
        assert_eq!(string_id(""), 0);
    }

    #[test]
    fn keys_fall_on_the_rows_that_thinc_gives_them() {
        let the = [2332737498, 1315472909, 1351622599, 1973209364];
        assert_eq!(rows(7425985699627899538, 8), the);
        assert_eq!(rows(0, 8), [0; 4]);
        assert_eq!(rows(1, 8), [1161550108, 2247783286, 1742325162, 1224191281]);
    }
}
