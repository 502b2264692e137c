//! wirecopy finds the copies of news dispatches among scraped articles.

// In reading order.
pub mod error;
pub mod params;
pub mod progress;
pub mod article;
pub mod date;
pub mod read;
pub mod agency;
pub mod clean;
pub mod shingle;
pub mod minhash;
pub mod candidates;
pub mod index;
pub mod verify;
pub mod carriers;
pub mod cluster;
pub mod forest;
