//! What is written and read again is what it was, whatever a filing says.

use barid_plugin::v1::filing_content::Content;
use barid_plugin::v1::{
    ActReference, Attendance, Capacity, CaseOutcome, CivilDate, ComplaintRegistered,
    CouncilDecision, CountClaim, DocketNumber, Endorsement, OperativeClause, Outcome, Person,
    PollingPlace, RegisterCell, RegisterRow, RegisterStatement, Rendering, Sex, Text, Vote,
    VotingStream, WrittenDate,
};
use prop::collection::vec;
use prop::option;
use proptest::prelude::*;

use crate::asking::{codes, content, decode, encode, register};

/// Words as people write them, in three scripts.
fn words() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9ء-يکگچپژێۆڕڵە٠-٩ .،\"\n]{0,20}[a-zا-ي]"
}

fn number() -> impl Strategy<Value = String> {
    "[A-Z٠-٩/ خرم.-]{0,12}[0-9]{1,4}"
}

fn day() -> impl Strategy<Value = CivilDate> {
    (1900..=2200, 1..=12, 1..=28).prop_map(|(year, month, day)| CivilDate { year, month, day })
}

fn text() -> impl Strategy<Value = Text> {
    (words(), option::of(words()), any::<bool>()).prop_map(|(arabic, sorani, binding)| {
        let rendering =
            |(language, text): (&str, String)| Rendering { language: language.to_owned(), text };
        let sorani = sorani.map(|text| ("ckb", text));
        Text {
            renderings: [("ar", arabic)].into_iter().chain(sorani).map(rendering).collect(),
            authoritative: if binding { "ar".to_owned() } else { String::new() },
        }
    })
}

fn act() -> impl Strategy<Value = ActReference> {
    (number(), option::of(day()), option::of(number())).prop_map(|(number, date, minutes)| {
        ActReference {
            institution: "ihec".to_owned(),
            number,
            date,
            minutes_number: minutes.unwrap_or_default(),
        }
    })
}

fn person() -> impl Strategy<Value = Person> {
    let sexes = prop::sample::select(vec![Sex::Unspecified, Sex::Female, Sex::NotApplicable]);
    let capacities = prop::sample::select(vec![Capacity::Unspecified, Capacity::PartyAgent]);
    (words(), sexes, capacities, option::of(number()), option::of(words())).prop_map(
        |(full_name, sex, capacity, entity, address)| Person {
            full_name,
            sex: sex.into(),
            capacity: capacity.into(),
            entity_number: entity.unwrap_or_default(),
            postal_address: address.unwrap_or_default(),
            ..Person::default()
        },
    )
}

prop_compose! {
    fn count()(
        form in number(), station in number(), claimed: u64, recorded: u64,
        seals in vec(number(), 0..3),
    ) -> CountClaim {
        CountClaim { result_form: form, station, claimed, recorded, seals }
    }
}

prop_compose! {
    fn complaint()(
        complainant in person(),
        respondents in vec(person(), 0..3),
        place in option::of((number(), vec(number(), 1..3))),
        incident_at_unix_ms in 0_i64..4_000_000_000_000,
        facts in text(),
        relief in option::of(text()),
        flags: (bool, bool),
        endorsement in option::of((words(), 0_i64..4_000_000_000_000)),
        counts in vec(count(), 0..3),
    ) -> ComplaintRegistered {
        ComplaintRegistered {
            complainant: Some(complainant),
            respondents,
            stream: VotingStream::AuditCentre.into(),
            place: place.map(|(centre, stations)| {
                PollingPlace { centre, stations, ..PollingPlace::default() }
            }),
            incident_at_unix_ms,
            facts: Some(facts),
            relief,
            witnessed: flags.0,
            signed: flags.1,
            endorsement: endorsement.map(|(name, endorsed_at_unix_ms)| {
                Endorsement { name, endorsed_at_unix_ms, ..Endorsement::default() }
            }),
            counts,
            ..ComplaintRegistered::default()
        }
    }
}

prop_compose! {
    fn outcome()(literal in number(), reason in option::of(text()), own: bool) -> CaseOutcome {
        // The normal form of another institution's number is not ours to make.
        let institution = if own { "ihec" } else { "ejp" };
        let literal = if own { "cmp-1".to_owned() } else { literal };
        CaseOutcome {
            docket_number: Some(DocketNumber {
                institution: institution.to_owned(),
                normal: if own { literal.clone() } else { String::new() },
                literal,
            }),
            outcome: Outcome::RecountOrdered.into(),
            reason,
        }
    }
}

prop_compose! {
    fn decision()(
        decision in act(),
        names in vec(words(), 0..9),
        present in 0_u32..10,
        deliberation in option::of(text()),
        clauses in vec((1..=1000_u32, text(), option::of(day())), 1..4),
        outcomes in vec(outcome(), 0..4),
        is_final: bool,
    ) -> CouncilDecision {
        let attendance = |name| Attendance { name, present: true, ..Attendance::default() };
        let clause = |(number, text, due_on)| {
            OperativeClause { number, text: Some(text), due_on, charged: None }
        };
        CouncilDecision {
            decision: Some(decision),
            roll: names.into_iter().map(attendance).collect(),
            vote: Some(Vote { present, in_favour: present, ..Vote::default() }),
            deliberation,
            clauses: clauses.into_iter().map(clause).collect(),
            outcomes,
            r#final: is_final,
            ..CouncilDecision::default()
        }
    }
}

prop_compose! {
    fn row()(
        number in "[a-z]{3}-[0-9]{4}",
        person in option::of(words()),
        date in option::of(day()),
        challenged in option::of(act()),
        papers in 0_u32..1000,
        note in option::of("[=+@'a-z][a-z,;\"\n]{1,9}"),
    ) -> RegisterRow {
        let date = date.map(|day| WrittenDate {
            literal: format!("{:04}-{:02}-{:02}", day.year, day.month, day.day),
            candidates: vec![day],
        });
        let cell = |literal| RegisterCell { heading: "الملاحظات".to_owned(), literal };
        RegisterRow {
            docket_numbers: vec![DocketNumber {
                institution: "ihec".to_owned(),
                literal: number.clone(),
                normal: number,
            }],
            person: person.unwrap_or_default(),
            date,
            challenged,
            papers,
            cells: note.map(cell).into_iter().collect(),
            ..RegisterRow::default()
        }
    }
}

/// What a table would make something else of is named when it is written.
#[test]
fn registers_that_a_table_cannot_say_are_named() {
    let number = |literal: &str| RegisterRow {
        docket_numbers: vec![DocketNumber {
            institution: "ihec".to_owned(),
            literal: literal.to_owned(),
            normal: literal.to_owned(),
        }],
        ..RegisterRow::default()
    };
    let plain = |rows| RegisterStatement { rows, ..RegisterStatement::default() };
    for (statement, path) in [
        (plain(vec![number("1"), number("المجموع")]), "rows[1]"),
        (plain(vec![number("رقم الطعن"), number("2")]), "rows[0]"),
        (plain(vec![number("1, 2")]), "rows[0]"),
        (plain(vec![RegisterRow::default(), number("2")]), "rows[0]"),
        (
            RegisterStatement {
                name: "لغاية 1/1/2025".to_owned(), ..plain(vec![number("1")])
            },
            "name",
        ),
    ] {
        for format in ["ihec/register+csv", "ihec/register+xlsx"] {
            let written = encode(format, Content::RegisterStatement(statement.clone()));
            let paths: Vec<String> = written
                .problems
                .iter()
                .map(|problem| problem.place.clone().unwrap_or_default().path)
                .collect();
            assert!(paths.contains(&path.to_owned()), "{format}: {path} not in {paths:?}");
            assert!(codes(&written.problems).iter().all(|code| *code == "not-expressed"));
        }
    }
    let cell =
        |index: usize| RegisterCell { heading: format!("h{index}"), literal: "x".to_owned() };
    let wide = RegisterRow { cells: (0..300).map(cell).collect(), ..number("1") };
    let turned = number("1\u{202E}2");
    for (statement, code) in [
        (plain(vec![wide]), "too-wide"),
        (plain(vec![turned]), "not-writable"),
        (plain(vec![number("1"); 20_001]), "too-large"),
    ] {
        let written = encode("ihec/register+csv", Content::RegisterStatement(statement));
        assert_eq!((codes(&written.problems), written.output.len()), (vec![code], 0));
    }
}

fn comes_back(format: &str, filing: Content) -> Result<(), TestCaseError> {
    let written = encode(format, filing.clone());
    prop_assert_eq!(codes(&written.problems), [""; 0]);
    prop_assert_eq!(content(&decode(format, &written.output)), Some(filing));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn complaints(complaint in complaint()) {
        comes_back("ihec/form-110+json", Content::ComplaintRegistered(complaint))?;
    }

    #[test]
    fn decisions(decision in decision()) {
        comes_back("ihec/decision+json", Content::CouncilDecision(decision))?;
    }

    #[test]
    fn registers(mut rows in vec(row(), 0..8), as_of in option::of(day())) {
        let headings_row = 1 + u32::from(as_of.is_some());
        for (row, number) in rows.iter_mut().zip(headings_row + 1..) {
            row.row = number;
        }
        let statement = RegisterStatement { name: String::new(), as_of, rows };
        for format in ["ihec/register+csv", "ihec/register+xlsx"] {
            let written = encode(format, Content::RegisterStatement(statement.clone()));
            prop_assert_eq!(codes(&written.problems), [""; 0]);
            let read = register(&decode(format, &written.output));
            prop_assert_eq!(read, Some(statement.clone()));
        }
        if !statement.rows.is_empty() {
            comes_back("ihec/register+json", Content::RegisterStatement(statement))?;
        }
    }
}
