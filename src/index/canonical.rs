//! What is one and the same in a run: articles with the same words, and articles with the same id.

use std::collections::{HashMap, HashSet};

use super::Entry;
use crate::article::ArticleId;

/// For each article the first whose contents hash to the same value; articles without words have no twins.
///
/// The hash proposes, as every sketch does: [`crate::verify`] compares the words.
pub(super) fn twins(order: &[u32], contents: &[u64], n_words: &[u32]) -> Vec<ArticleId> {
    let mut first = HashMap::with_capacity(order.len());
    order
        .iter()
        .zip((0..).map(ArticleId))
        .map(|(&i, article)| match n_words[i as usize] {
            0 => article,
            _ => *first.entry(contents[i as usize]).or_insert(article),
        })
        .collect()
}

/// Makes the ids of entries, which are sorted by id, different; those that were changed, with the ids that they had.
pub(super) fn tell_apart(entries: &mut [Entry]) -> Vec<(ArticleId, String)> {
    if entries.windows(2).all(|pair| pair[0].id != pair[1].id) {
        return Vec::new();
    }
    let all: HashSet<String> = entries.iter().map(|e| e.id.clone()).collect();
    let mut renamed = Vec::new();
    let mut at = 0;
    for same in entries.chunk_by_mut(|x, y| x.id == y.id) {
        let mut number = 1u64;
        let first = at;
        at += same.len() as u32;
        for (entry, article) in same.iter_mut().zip((first..).map(ArticleId)).skip(1) {
            let id = loop {
                number += 1;
                let id = format!("{}#{number}", entry.id);
                if !all.contains(&id) {
                    break id;
                }
            };
            renamed.push((article, std::mem::replace(&mut entry.id, id)));
        }
    }
    renamed
}
