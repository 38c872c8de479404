//! Bytes in; captures and reports out.
