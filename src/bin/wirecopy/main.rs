//! The command line of wirecopy: a thin caller of the library.

fn main() {}
