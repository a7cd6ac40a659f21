//! Foreign and hostile documents: every format of the court answers each as it must.

use barid_format_fsc::Fsc;
use barid_trial::Trial;
use proptest::prelude::*;

#[test]
fn no_hostile_sample_is_read_as_anything() {
    Trial::of(&Fsc, "fsc").worded_in(3).reads_no_hostile_sample();
}

proptest! {
    #[test]
    fn no_bytes_make_a_format_fall_over(bytes: Vec<u8>) {
        Trial::of(&Fsc, "fsc").worded_in(3).answers(&bytes);
    }
}
