//! How two values stand to each other, a kind of value a file. Each rule is a function of the two values alone and
//! names itself, so that a verdict can say which one fired.

pub(crate) mod number;
pub(crate) mod said_time;
pub(crate) mod time;
