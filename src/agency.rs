//! The closed table of agencies. (contract; being written)

/// An agency: its row in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgencyId(pub u16);

impl AgencyId {
    /// The agency's row.
    pub fn agency(self) -> &'static Agency {
        unimplemented!("the table is being written")
    }
}

/// One agency.
#[derive(Debug)]
pub struct Agency {
    /// Short, stable, lower-case: `ap`, `afp`, `bss`.
    pub id: String,
    /// In full.
    pub name: String,
    /// How a table shows it: `AP`, `AFP`, `Reuters`.
    pub code: String,
}
