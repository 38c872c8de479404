//! How far a clause and an argument reach in the text.

use crossread_base::Span;

use crate::tree::Tree;

/// The words of an argument: its head with what stands before it and the phrases behind it, less relative
/// clauses, appositions and coordinated words, which are claims and arguments of their own, and less a phrase
/// behind it that holds one of `others`, the heads of the claim's other arguments.
pub(crate) fn argument(tree: &Tree<'_>, head: u32, others: &[u32]) -> Span {
    if tree.is_verb(head) {
        return clause(tree, head);
    }
    let (mut first, mut last) = (head, head);
    for &child in tree.children(head) {
        let dep = tree.dep(child);
        if child < head {
            if !matches!(dep, "punct" | "cc" | "conj" | "appos" | "relcl" | "preconj" | "mark")
                && tree.reach(child).1 < head
            {
                first = first.min(tree.reach(child).0);
            }
        } else {
            match dep {
                "punct" if tree.tag(child) == "HYPH" => {}
                "punct" | "cc" | "conj" | "appos" | "relcl" | "acl" | "advcl" | "ccomp"
                | "parataxis" => break,
                "case" => {}
                "prep" if tree.children(child).iter().any(|word| others.contains(word)) => break,
                _ => last = last.max(tree.reach(child).1),
            }
        }
    }
    cover(tree, first, last)
}

/// The words of the clause that a word heads, less coordinated clauses and what is set beside it.
pub(crate) fn clause(tree: &Tree<'_>, head: u32) -> Span {
    let (mut first, mut last) = (head, head);
    let children = tree.children(head);
    for &child in children.iter().rev().filter(|&&child| child < head) {
        match tree.dep(child) {
            "punct" => {}
            "ccomp" | "parataxis" | "cc" | "conj" => break,
            _ => first = first.min(tree.reach(child).0),
        }
    }
    for &child in children.iter().filter(|&&child| child > head) {
        match tree.dep(child) {
            "punct" => {}
            "cc" | "parataxis" => break,
            "conj" if tree.is_verb(child) || tree.is_verb(head) => break,
            _ => last = last.max(tree.reach(child).1),
        }
    }
    cover(tree, first, last)
}

/// The span from one token to another, less punctuation at its ends.
fn cover(tree: &Tree<'_>, mut first: u32, mut last: u32) -> Span {
    let loose = |token: u32| {
        tree.dep(token) == "punct" && !matches!(tree.tag(token), "-LRB-" | "-RRB-" | "$" | "HYPH")
    };
    while first < last && loose(first) {
        first += 1;
    }
    while last > first && loose(last) {
        last -= 1;
    }
    tree.token(first).span.cover(tree.token(last).span)
}
