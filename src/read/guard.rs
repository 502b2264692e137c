//! A panic of a crate that takes files apart, turned into a reason.
//!
//! Such crates index and assert where a file is damaged in ways that they do not expect. What is unwound is thrown away
//! whole, so nothing half-done is seen afterwards.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic on this thread would be caught and told as the reason why a file cannot be read.
///
/// The hook for panics belongs to the whole process, so a library leaves it alone; a program may install one that asks
/// this and stays silent.
pub fn is_catching() -> bool {
    CATCHING.get()
}

/// What `work` gives; a panic in it is an error. What `work` held by reference must not be used after an error.
pub(crate) fn caught<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let before = CATCHING.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    CATCHING.set(before);
    result.unwrap_or_else(|panic| Err(format!("damaged ({})", message(panic.as_ref()))))
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a value out of range")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        assert!(!is_catching());
        let inside = caught(|| Ok(is_catching()));
        assert_eq!(inside, Ok(true));
        let n = std::hint::black_box(7);
        let caught = caught(|| if n == 7 { std::panic::panic_any("index 7") } else { Ok(()) });
        assert_eq!(caught, Err("damaged (index 7)".to_owned()));
        assert!(!is_catching());
    }
}
