//! Exact comparison of two articles. (contract; being written)

/// What two articles share, from their full shingle sets.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Link {
    /// Shared shingles over those of both together, 0 to 1.
    pub resemblance: f64,
    /// Shared shingles over those of the smaller, 0 to 1.
    pub containment: f64,
    /// Longest run of words that both hold, in words.
    pub longest_run: u32,
}
