//! The ids of a run's articles in one piece of memory.

/// Texts, one behind the other: their bytes and eight more each.
#[derive(Debug, Default)]
pub(super) struct Ids {
    bytes: String,
    ends: Vec<u64>,
}

impl Ids {
    pub(super) fn push(&mut self, id: &str) {
        self.bytes.push_str(id);
        self.ends.push(self.bytes.len() as u64);
    }

    pub(super) fn get(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.bytes[start..self.ends[number] as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes of memory.
    pub(super) fn n_bytes(&self) -> u64 {
        (self.bytes.capacity() + 8 * self.ends.capacity()) as u64
    }
}

/// Names that recur, each kept once.
#[derive(Debug, Default)]
pub(super) struct Names {
    names: Ids,
    numbers: std::collections::HashMap<Box<str>, u32>,
}

impl Names {
    /// The number of a name.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = self.names.len() as u32;
        self.numbers.insert(name.into(), number);
        self.names.push(name);
        number
    }

    pub(super) fn get(&self, number: u32) -> &str {
        self.names.get(number as usize)
    }

    /// Bytes of memory, about: a name stands twice, and in a table.
    pub(super) fn n_bytes(&self) -> u64 {
        2 * self.names.n_bytes() + 40 * self.numbers.capacity() as u64
    }
}
