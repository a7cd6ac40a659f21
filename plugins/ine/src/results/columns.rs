//! Which columns a table of returns has.

use barid_mexico::facts;
use barid_mexico::table;
use barid_mexico::words::plain;

/// Parties by the abbreviations that columns are named after, folded. A coalition's column names
/// several.
const PARTIES: [&str; 15] = [
    "pan", "pri", "prd", "pt", "pvem", "mc", "morena", "panal", "na", "pes", "rsp", "fxm", "psn",
    "pas", "conve",
];

/// Votes, with the column that says for whom.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Votes {
    pub(super) votes: usize,
    /// Absent: the heading of the votes says it.
    pub(super) label: Option<usize>,
}

/// The columns of a table.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) place: Option<usize>,
    pub(super) date: Option<usize>,
    pub(super) year: Option<usize>,
    pub(super) votes: Vec<Votes>,
    pub(super) unregistered: Option<usize>,
    pub(super) null: Option<usize>,
    pub(super) total: Option<usize>,
    pub(super) listed: Option<usize>,
}

impl Columns {
    pub(super) fn of(headings: &[String]) -> Self {
        let one_of = |known: &[&str]| table::column(headings, |heading| known.contains(&heading));
        Self {
            place: one_of(&[
                "mun",
                "municipio",
                "casilla",
                "seccion",
                "distrito",
                "entidad",
                "nombre municipio",
                "nombre distrito",
            ]),
            date: table::column(headings, |heading| {
                facts::name_of(heading) == Some(facts::DATE) || heading == "fecha de eleccion"
            }),
            year: one_of(&["yr", "year", "ano", "anio"]),
            votes: votes(headings),
            unregistered: one_of(&[
                "nr",
                "no registrados",
                "no reg",
                "candidatos no registrados",
                "candidato no registrado",
                "candidaturas no registradas",
                "candidato a no registrado a",
            ]),
            null: one_of(&["nulos", "votos nulos", "num votos nulos", "vn"]),
            total: one_of(&["tot", "total", "total votos", "total de votos", "votacion total"]),
            listed: one_of(&["lisnom", "lista nominal", "lista nominal casilla", "ln"]),
        }
    }

    /// A column without which a table is no returns. `None`: it has all.
    pub(super) fn missing(&self) -> Option<&'static str> {
        let wanted = [
            (self.place.is_none(), "municipio"),
            (self.votes.is_empty(), "v01"),
            (self.null.is_none(), "nulos"),
        ];
        wanted.into_iter().find(|(missing, _)| *missing).map(|(_, name)| name)
    }
}

/// Votes in pairs of columns, or in columns named after parties.
fn votes(headings: &[String]) -> Vec<Votes> {
    let headings: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
    let numbered = |heading: &str, letter: char| -> Option<u32> {
        let digits = heading.strip_prefix(letter)?;
        let plain = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse().ok())?
    };
    let mut votes = Vec::new();
    for (column, heading) in headings.iter().enumerate() {
        if let Some(number) = numbered(heading, 'v') {
            let label = headings.iter().position(|other| numbered(other, 'l') == Some(number));
            votes.push(Votes { votes: column, label });
        } else if is_party(heading) {
            votes.push(Votes { votes: column, label: None });
        }
    }
    votes
}

/// Whether a folded heading names a party, a coalition of parties, or an independent candidate.
fn is_party(heading: &str) -> bool {
    let independent = |word: &str| {
        word == "ind"
            || word.starts_with("independiente")
            || word.strip_prefix("ind").is_some_and(|rest| rest.parse::<u8>().is_ok())
    };
    let mut words = heading.split(' ').peekable();
    words.peek().is_some_and(|word| !word.is_empty())
        && words.all(|word| PARTIES.contains(&word) || independent(word))
}

/// A count of votes: digits, in groups of three with commas where there are commas.
pub(super) fn number(cell: &str) -> Option<u64> {
    let groups: Vec<&str> = cell.split(',').collect();
    let grouped = groups.len() == 1
        || groups.first().is_some_and(|first| (1..=3).contains(&first.len()))
            && groups.iter().skip(1).all(|group| group.len() == 3);
    let digits = groups.concat();
    let plain = (1..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if grouped && plain { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_digits_and_nothing_else() {
        assert_eq!(number("0"), Some(0));
        assert_eq!(number("104923"), Some(104_923));
        assert_eq!(number("1,104,923"), Some(1_104_923));
        for cell in ["", "-5", "12.5", "1,2", "1,2345", ",123", "1e3", "٣", "1234567890123"] {
            assert_eq!(number(cell), None, "{cell}");
        }
    }

    #[test]
    fn parties_and_coalitions_are_known_by_their_headings() {
        for heading in ["PAN", "Pan-Prd", "PVEM_PT", "MORENA", "Ind1", "Candidato"] {
            assert_eq!(is_party(&plain(heading)), heading != "Candidato", "{heading}");
        }
        assert!(!is_party(""));
        assert!(!is_party("pan dulce"));
    }
}
