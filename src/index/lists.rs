//! Many short lists in little memory.

use std::ops::Range;

/// Lists of values, one after the other in one piece of memory.
#[derive(Debug)]
pub(super) struct Lists<T> {
    pub(super) values: Vec<T>,
    ranges: Vec<Range<u64>>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Lists { values: Vec::new(), ranges: Vec::new() }
    }
}

impl<T: Copy> Lists<T> {
    pub(super) fn push(&mut self, list: &[T]) {
        let start = self.values.len() as u64;
        self.values.extend_from_slice(list);
        self.ranges.push(start..self.values.len() as u64);
    }

    pub(super) fn get(&self, number: usize) -> &[T] {
        let range = &self.ranges[number];
        &self.values[range.start as usize..range.end as usize]
    }

    /// Puts another list in the place of one: in its very place where it fits.
    pub(super) fn replace(&mut self, number: usize, list: &[T]) {
        let range = self.ranges[number].clone();
        let start = if list.len() as u64 <= range.end - range.start {
            self.values[range.start as usize..][..list.len()].copy_from_slice(list);
            range.start
        } else {
            self.values.extend_from_slice(list);
            (self.values.len() - list.len()) as u64
        };
        self.ranges[number] = start..start + list.len() as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_replaced_leaves_the_others_alone() {
        let mut lists = Lists::default();
        [&[1, 2][..], &[], &[3]].into_iter().for_each(|list| lists.push(list));
        lists.replace(0, &[9]);
        lists.replace(1, &[7, 8]);
        assert_eq!([lists.get(0), lists.get(1), lists.get(2)], [&[9][..], &[7, 8], &[3]]);
    }
}
