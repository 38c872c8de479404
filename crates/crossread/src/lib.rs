//! Reads a pile of news reports and lays their claims side by side.
