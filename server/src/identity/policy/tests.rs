//! Every cell of the shipped table, the forbidden ones above all.

use super::*;

const SHIPPED: &str = include_str!("../../../policy/electoral-disputes.toml");

/// The whole table as it is meant, written a second time and independently of the data file's
/// structure: for each kind of filing, who may send it in which role.
const MEANT: &str = include_str!("../../../policy/electoral-disputes.expected.tsv");

fn role_name(role: SenderRole) -> &'static str {
    match role {
        SenderRole::Opens => "opens",
        SenderRole::Opener => "opener",
        SenderRole::Addressee => "addressee",
        SenderRole::NoCase => "no-case",
    }
}

fn all_filings() -> impl Iterator<Item = FilingKind> {
    (1..=46).map(|value| FilingKind::try_from(value).expect("kinds are numbered without gaps"))
}

#[test]
fn every_cell_is_as_meant() {
    let policy = Policy::parse(SHIPPED).unwrap();
    let meant: BTreeSet<(String, String, String)> = MEANT
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .flat_map(|line| {
            let mut columns = line.split('\t');
            let filing = columns.next().unwrap().to_owned();
            let from = columns.next().unwrap().to_owned();
            let roles: Vec<String> =
                columns.next().unwrap().split(',').map(str::to_owned).collect();
            roles.into_iter().map(move |role| (filing.clone(), from.clone(), role))
        })
        .collect();
    let mut forbidden = 0;
    for filing in all_filings() {
        for kind in policy.kinds() {
            for role in ROLES {
                let name = filing_kind_name(filing);
                let expected =
                    meant.contains(&(name.clone(), kind.to_owned(), role_name(role).to_owned()));
                assert_eq!(
                    policy.has_cell(kind, filing, role),
                    expected,
                    "{kind} sending {name} as {}",
                    role_name(role)
                );
                forbidden += usize::from(!expected);
            }
        }
    }
    assert!(forbidden > 500, "most cells of the table are forbidden, found {forbidden}");
}

#[test]
fn partners_and_observers_never_reach_live_data() {
    let policy = Policy::parse(SHIPPED).unwrap();
    let kinds: Vec<&str> = policy.kinds().collect();
    for filing in all_filings() {
        for from in &kinds {
            for to in &kinds {
                let outsider = |kind: &str| kind == "partner" || kind == "observer";
                if !outsider(from) && !outsider(to) {
                    continue;
                }
                for role in [SenderRole::Opens, SenderRole::Opener, SenderRole::Addressee] {
                    let question =
                        Question { from, filing, role, to: &[to], data_class: DataClass::Live };
                    assert!(!policy.allows(&question), "{from} to {to}: {filing:?}");
                }
            }
        }
    }
}

#[test]
fn one_row_must_allow_all_recipients() {
    let policy = Policy::parse(SHIPPED).unwrap();
    let mut question = Question {
        from: "panel",
        filing: FilingKind::RulingIssued,
        role: SenderRole::Addressee,
        to: &["commission"],
        data_class: DataClass::Live,
    };
    assert!(policy.allows(&question));
    question.to = &["commission", "partner"];
    assert!(!policy.allows(&question));
}

#[test]
fn all_problems_of_a_table_come_at_once() {
    let text = r#"
        version = "x"
        kinds = ["a"]
        [[allow]]
        filings = ["no-such-kind"]
        from = ["b"]
        as = ["opens"]
        to = ["c"]
        data_classes = ["secret"]
    "#;
    let PolicyError(problems) = Policy::parse(text).unwrap_err();
    assert_eq!(problems.len(), 4, "{problems:#?}");
}

#[test]
fn carriers_are_named_by_kind_and_one_way() {
    let policy = Policy::parse(SHIPPED).unwrap();
    assert!(policy.carries("steward", "commission"));
    for (by, sender) in [("commission", "steward"), ("partner", "panel"), ("steward", "partner")] {
        assert!(!policy.carries(by, sender), "{by} for {sender}");
    }
    let text = "version = \"x\"\nkinds = [\"a\"]\nallow = []\n\
                [[carry]]\nby = [\"b\"]\nfor = [\"a\", \"c\"]\n[[carry]]\nby = [\"a\"]\nfor = []\n";
    let PolicyError(problems) = Policy::parse(text).unwrap_err();
    assert_eq!(problems.len(), 3, "{problems:#?}");
}
