//! Which claims share a word with another, so that a large pile need not be read once for each of them.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::statement::sorted;

/// Claims that are looked at beside one, those that share its rarest words first; more share only words that say little
/// in so large a pile.
const LOOKED_AT: usize = 4000;

/// By word, the places of the claims that have it, in order of the pile.
pub(crate) struct Told<'k>(FxHashMap<&'k SmolStr, Vec<usize>>);

impl<'k> Told<'k> {
    /// The index of claims, each given by its words.
    pub(crate) fn of(claims: impl Iterator<Item = impl Iterator<Item = &'k SmolStr>>) -> Self {
        let mut lists: FxHashMap<&SmolStr, Vec<usize>> = FxHashMap::default();
        for (place, words) in claims.enumerate() {
            for word in words {
                lists.entry(word).or_default().push(place);
            }
        }
        Self(lists)
    }

    /// The claims that share one of these words, in order of the pile, each once; of very many, see [`LOOKED_AT`].
    pub(crate) fn sharing<'w>(&self, words: impl Iterator<Item = &'w SmolStr>) -> Vec<usize> {
        let mut lists: Vec<&Vec<usize>> = words.filter_map(|word| self.0.get(word)).collect();
        lists.sort_by_key(|list| list.len());
        let mut found: Vec<usize> = Vec::new();
        for list in lists {
            if !found.is_empty() && found.len() + list.len() > LOOKED_AT {
                break;
            }
            found.extend(list.iter().take(LOOKED_AT));
        }
        sorted(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rarest_words_bring_their_claims_first() {
        let claims: Vec<Vec<SmolStr>> = (0..5000)
            .map(|number| {
                if number == 4321 {
                    vec!["pier".into(), "police".into()]
                } else {
                    vec!["police".into()]
                }
            })
            .collect();
        let told = Told::of(claims.iter().map(|words| words.iter()));
        let sought: [SmolStr; 3] = ["police".into(), "pier".into(), "swan".into()];
        assert_eq!(told.sharing(sought.iter()), [4321]);
        assert_eq!(told.sharing(sought[..1].iter()).len(), LOOKED_AT);
        assert!(told.sharing(sought[2..].iter()).is_empty());
    }
}
