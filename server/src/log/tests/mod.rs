//! The log over a real store: what is sealed, what is refused, and what a failure leaves behind.

mod bench;
mod crash;
mod faulty;
mod many;
mod outages;
mod person;
mod sealing;
mod start;
mod stated;
mod witnesses;
