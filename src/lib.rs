//! wirecopy finds the copies of news dispatches among scraped articles.

pub mod agency;
pub mod article;
pub mod clean;
pub mod error;
pub mod params;
pub mod read;
pub mod story;
pub mod verify;
