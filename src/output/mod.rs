//! (to be written)
pub mod describe;
