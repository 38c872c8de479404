//! Who says so, and what exactly is said: attributions and claims.
