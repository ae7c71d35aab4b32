//! What a text that stands in many dumps does to the checksum, in one step for the whole text.
//!
//! A byte changes a state of FNV-1a by its lowest byte alone: `(h ^ b) * p` is `(h + d) * p`, where `d` depends on `b` and
//! the lowest byte of `h`, and the lowest byte of the product on no more than that. So for a text of `n` bytes the state
//! goes from `h` to `h * pⁿ + r`, and `r` is one of 256 numbers.

use super::hash::{FNV_PRIME, fnv1a};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// After so many times the numbers are worth working out: that takes as long as reading the text so often.
const WORTH: u32 = 100;

/// A text that is always the same, with what is known of it.
#[derive(Debug)]
pub(super) struct Stretch {
    times: AtomicU32,
    step: OnceLock<Box<Step>>,
}

#[derive(Debug)]
struct Step {
    /// `pⁿ`.
    factor: u32,
    rests: [u32; 256],
}

impl Stretch {
    pub const fn new() -> Stretch {
        Stretch { times: AtomicU32::new(0), step: OnceLock::new() }
    }

    /// The state behind the text, which is these parts.
    pub fn pass(&self, state: u32, text: [&str; 3]) -> u32 {
        match self.step.get() {
            Some(step) => step.pass(state),
            None if self.times.fetch_add(1, Ordering::Relaxed) < WORTH => {
                text.iter().fold(state, |state, part| fnv1a(state, part.as_bytes()))
            }
            None => self.step.get_or_init(|| Box::new(Step::of(text))).pass(state),
        }
    }
}

impl Step {
    fn of(text: [&str; 3]) -> Step {
        let mut states: [u32; 256] = std::array::from_fn(|low| low as u32);
        let mut factor = 1_u32;
        for byte in text.iter().flat_map(|part| part.bytes()) {
            states.iter_mut().for_each(|state| *state = (*state ^ u32::from(byte)).wrapping_mul(FNV_PRIME));
            factor = factor.wrapping_mul(FNV_PRIME);
        }
        let rests = std::array::from_fn(|low| states[low].wrapping_sub((low as u32).wrapping_mul(factor)));
        Step { factor, rests }
    }

    fn pass(&self, state: u32) -> u32 {
        state.wrapping_mul(self.factor).wrapping_add(self.rests[(state & 0xff) as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_step_is_as_many_as_there_are_bytes() {
        for text in [[" ", "Image:(string)", ""], [" ", "Ports:([]v1.ContainerPort)", "<nil>"], ["", "", ""]] {
            let step = Step::of(text);
            let mut state = 2_166_136_261_u32;
            for _ in 0..2000 {
                let bytewise = text.iter().fold(state, |state, part| fnv1a(state, part.as_bytes()));
                assert_eq!(step.pass(state), bytewise, "{state} {text:?}");
                state = bytewise.wrapping_add(0x9e37_79b9);
            }
        }
    }

    #[test]
    fn the_first_times_and_those_after_agree() {
        let (stretch, text) = (Stretch::new(), ["a", "b", "c"]);
        let states: Vec<u32> = (0..3 * WORTH).map(|_| stretch.pass(7, text)).collect();
        assert!(stretch.step.get().is_some() && states.iter().all(|state| *state == states[0]));
    }
}
