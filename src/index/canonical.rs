//! What is one and the same in a run: articles with the same words, and articles with the same id; and the order that
//! follows from what articles are.

use rayon::prelude::*;

use super::Builder;
use super::ids::Ids;
use crate::article::ArticleId;
use crate::error::Result;

/// The places of the articles in canonical order: by id, then by content, outlet, date and url.
pub(super) fn order(builder: &Builder) -> Result<Vec<u32>> {
    let mut order: Vec<u32> = (0..builder.len() as u32).collect();
    let who = |position: u32| (builder.id(position), builder.identity(position));
    order.par_sort_by(|&x, &y| builder.id(x).cmp(builder.id(y)).then_with(|| who(x).cmp(&who(y))));
    // Urls are on disk: they are read for those alone that nothing else tells apart.
    for same in order.chunk_by_mut(|&x, &y| who(x) == who(y)).filter(|same| same.len() > 1) {
        let mut with_urls: Vec<(Option<String>, u32)> =
            same.iter().map(|&position| Ok((builder.url(position)?, position))).collect::<Result<_>>()?;
        with_urls.sort();
        same.iter_mut().zip(with_urls).for_each(|(place, (_, position))| *place = position);
    }
    Ok(order)
}

/// For each article the first whose contents hash to the same value; articles without words have no twins.
///
/// The hash proposes, as every sketch does: [`crate::verify`] compares the words.
pub(super) fn twins(order: &[u32], contents: &[u64], n_words: &[u32]) -> Vec<ArticleId> {
    let mut by_content: Vec<(u64, ArticleId)> = order
        .iter()
        .zip((0..).map(ArticleId))
        .filter(|(position, _)| n_words[**position as usize] > 0)
        .map(|(&position, article)| (contents[position as usize], article))
        .collect();
    by_content.par_sort_unstable();
    let mut twin_of: Vec<ArticleId> = (0..order.len() as u32).map(ArticleId).collect();
    for same in by_content.chunk_by(|x, y| x.0 == y.0) {
        same[1..].iter().for_each(|(_, article)| twin_of[article.index()] = same[0].1);
    }
    twin_of
}

/// New ids for the articles that have the id of another one before them, ascending.
pub(super) fn tell_apart(order: &[u32], ids: &Ids) -> Vec<(ArticleId, String)> {
    let id = |position: u32| ids.get(position as usize);
    let is_taken = |wanted: &str| order.binary_search_by(|&position| id(position).cmp(wanted)).is_ok();
    let mut renamed = Vec::new();
    let mut first = 0;
    for same in order.chunk_by(|&x, &y| id(x) == id(y)) {
        let mut number = 1u64;
        for article in (first + 1..first + same.len() as u32).map(ArticleId) {
            let new = loop {
                number += 1;
                let new = format!("{}#{number}", id(same[0]));
                if !is_taken(&new) {
                    break new;
                }
            };
            renamed.push((article, new));
        }
        first += same.len() as u32;
    }
    renamed
}
