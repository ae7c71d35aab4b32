//! Servers, ways to them and other users that do what they should not: the right outcome or a clear error, and an end.

mod client;
mod crash;
mod credentials;
mod proxy;
mod replaced;
mod requests;
mod rivals;
mod script;
mod shop;
mod tunnel;
mod upstream;
mod watches;
