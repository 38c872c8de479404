//! How many origins the reports have, and which claim comes from which.
