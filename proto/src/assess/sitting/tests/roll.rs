//! A roll in letters, for the tests of the assessors and for those of the laws, which are
//! another crate: whoever takes it in has the two types in scope.

use super::{Attendance, Ballot};

/// Members by number, called so; letters stand for ballots: `f`, `a`, `-`; `r` stood aside, `x` was
/// not there. The first chairs.
pub(super) fn roll_of(called: &str, ballots: &str) -> Vec<Attendance> {
    let attendance = |(number, letter)| Attendance {
        name: format!("{called} {number}"),
        member_id: format!("m{number}"),
        present: letter != 'x',
        recused: letter == 'r',
        chair: number == 1,
        ballot: match letter {
            'f' => Ballot::InFavour,
            'a' => Ballot::Against,
            '-' => Ballot::Abstained,
            _ => Ballot::Unspecified,
        }
        .into(),
    };
    (1..).zip(ballots.chars()).map(attendance).collect()
}
