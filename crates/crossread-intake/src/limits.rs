/// What intake is willing to read. Each bound is checked before memory is spent on what it bounds, and what is
/// over it is refused with a [`Problem`](crate::Problem) that names the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file. The whole file is held in memory.
    pub file_bytes: u64,
    /// Bytes of one report: a plain text, a page, a line of JSON Lines. The stages behind need some hundred bytes
    /// for each word, so this bounds the memory of a run.
    pub report_bytes: usize,
    /// Reports of one file.
    pub reports: usize,
    /// Elements that may lie within one another in a page; what is deeper is read as if it stood at this depth.
    pub html_depth: usize,
    /// Elements and texts of one page.
    pub html_nodes: usize,
    /// Folders that may lie within one another below a path.
    pub folder_depth: usize,
}

impl Default for Limits {
    /// Ten times what the largest news page or story is seen to need.
    fn default() -> Self {
        Self {
            file_bytes: 2 << 30,
            report_bytes: 8 << 20,
            reports: 1_000_000,
            html_depth: 256,
            html_nodes: 500_000,
            folder_depth: 64,
        }
    }
}
