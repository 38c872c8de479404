//! Questions, answers and verdicts.
