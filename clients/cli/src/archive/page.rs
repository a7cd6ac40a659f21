//! The page: the case as people read it, in Arabic and English, from the disk, without network,
//! scripts or anything of others.

use std::fmt::Write as _;

use barid_client::hex;
use barid_client::verify::{ProvenDocument, Verdict};
use barid_proto::picture::escape;

use super::{BUNDLE, Case, Package, Withheld};
use crate::render::{office, short, time};
use crate::wording::{self, ArchiveMsg, Lang, RetentionMsg};

/// Nothing is loaded, run or sent, whatever stands in the page.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = "\
body{font:16px/1.6 'Noto Naskh Arabic','Noto Sans Arabic','Segoe UI',Tahoma,'Noto Sans',sans-serif;\
margin:0 auto;max-width:68rem;padding:1.5rem;color:#1b1b1b;background:#fff}\
h1{font-size:1.5rem;margin:.2rem 0 .6rem}h2{font-size:1.1rem;margin:1.6rem 0 .4rem;color:#12487a}\
section{margin-bottom:3rem}table{border-collapse:collapse;width:100%}\
th,td{border-bottom:1px solid #d5d5d5;padding:.35rem .6rem;text-align:start;vertical-align:top}\
th{background:#f1f4f7;font-weight:600}code{font:13px/1.5 ui-monospace,Consolas,monospace;\
direction:ltr;unicode-bidi:isolate;overflow-wrap:anywhere}pre{direction:ltr;text-align:left;\
background:#f1f4f7;padding:.7rem;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}\
.ok{color:#14662e}.open{color:#8a5a00}.bad{color:#a11}hr{border:0;border-top:2px solid #12487a}";

/// The page; `root` leads from it to the root of the package.
pub(super) fn page(case: &Case<'_>, package: &Package, root: &str) -> String {
    let title = format!("{} {}", ArchiveMsg::Title.wording().1, case.id);
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"ar\" dir=\"rtl\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n",
        escape(&title)
    );
    for (lang, dir) in [(Lang::Ar, "rtl"), (Lang::En, "ltr")] {
        let _ = writeln!(html, "<section lang=\"{}\" dir=\"{dir}\">", lang.tag());
        html += &Part { lang, case, package, root }.render();
        html += "</section>\n<hr>\n";
    }
    html + "</body>\n</html>\n"
}

/// The page in one language.
struct Part<'a> {
    lang: Lang,
    case: &'a Case<'a>,
    package: &'a Package,
    root: &'a str,
}

impl Part<'_> {
    fn say(&self, message: ArchiveMsg) -> String {
        escape(self.lang.pick(message.wording()))
    }

    fn render(&self) -> String {
        let (class, verdict) = match self.case.report.verdict() {
            Verdict::Valid => ("ok", ArchiveMsg::Valid),
            Verdict::Undecided => ("open", ArchiveMsg::Undecided),
            Verdict::Invalid => ("bad", ArchiveMsg::Invalid),
        };
        let mut html = format!(
            "<h1>{} <code>{}</code></h1>\n<p>{} {}</p>\n<p class=\"{class}\">{}</p>\n",
            self.say(ArchiveMsg::Title),
            escape(&self.case.id),
            self.say(ArchiveMsg::MadeAt),
            code(&self.case.made_at),
            self.say(verdict),
        );
        html += &self.parties();
        html += &self.timeline();
        html += &self.documents();
        html += &self.withheld();
        html + &self.how()
    }

    fn heading(&self, message: ArchiveMsg) -> String {
        format!("<h2>{}</h2>\n", self.say(message))
    }

    fn table(&self, headings: &[ArchiveMsg], rows: &[Vec<String>]) -> String {
        let mut html = "<table>\n<tr>".to_owned();
        for heading in headings {
            let _ = write!(html, "<th>{}</th>", self.say(*heading));
        }
        html += "</tr>\n";
        for row in rows {
            let _ = writeln!(html, "<tr><td>{}</td></tr>", row.join("</td><td>"));
        }
        html + "</table>\n"
    }

    fn parties(&self) -> String {
        let filings = &self.case.report.filings;
        let senders = filings.iter().filter_map(|filing| filing.body.sender.as_ref());
        let recipients = filings.iter().flat_map(|filing| &filing.body.recipients);
        let all: std::collections::BTreeSet<String> =
            senders.chain(recipients).map(|address| office(Some(address))).collect();
        let all: Vec<String> = all.iter().map(|name| code(name)).collect();
        let list = self.lang.list(&all);
        format!("{}<p>{list}</p>\n", self.heading(ArchiveMsg::Parties))
    }

    fn timeline(&self) -> String {
        let row = |event: &barid_client::custody::Event| {
            let at = time::second(i64::try_from(event.at_ms).unwrap_or(0), self.case.zone);
            let about = event.about_kind.map_or("-", |kind| wording::kind(self.lang, kind));
            vec![
                code(&at),
                code(&event.leaf_index.to_string()),
                escape(wording::event(self.lang, event.kind)),
                code(&office(Some(&event.office))),
                format!("{} {}", escape(about), code(&short(&event.about))),
            ]
        };
        let rows: Vec<Vec<String>> = self.case.events.iter().map(row).collect();
        let headings = [
            ArchiveMsg::Time,
            ArchiveMsg::Leaf,
            ArchiveMsg::Event,
            ArchiveMsg::Office,
            ArchiveMsg::Filing,
        ];
        self.heading(ArchiveMsg::Timeline) + &self.table(&headings, &rows)
    }

    fn documents(&self) -> String {
        let mut rows = Vec::new();
        for filing in &self.case.report.filings {
            let kind = wording::kind(self.lang, filing.body.kind());
            for document in &filing.documents {
                rows.push(self.named(kind, document));
            }
        }
        let headings = [ArchiveMsg::Filing, ArchiveMsg::Name, ArchiveMsg::Digest];
        self.heading(ArchiveMsg::Documents) + &self.table(&headings, &rows)
    }

    fn named(&self, kind: &str, document: &ProvenDocument) -> Vec<String> {
        let digest = hex::encode(&document.sha256);
        let folder = format!("representations/originals/data/{digest}.");
        let called = format!("<bdi>{}</bdi>", escape(&document.name));
        let name = match self.package.below(&folder).first() {
            Some(kept) => {
                // The name of a kept document is a digest and an extension of ours.
                format!("<a href=\"{}{}\">{called}</a>", self.root, escape(&kept.path))
            }
            None => {
                let why = match document.destroyed {
                    Some(leaf) => {
                        let leaf = leaf.to_string();
                        escape(&RetentionMsg::GoneInArchive.fill(self.lang, &[&leaf]))
                    }
                    None => self.say(ArchiveMsg::NotHere),
                };
                format!("{called} ({why})")
            }
        };
        vec![escape(kind), name, code(&digest)]
    }

    fn withheld(&self) -> String {
        if self.case.withheld.is_empty() {
            return String::new();
        }
        let row = |one: &Withheld| {
            vec![
                escape(wording::kind(self.lang, one.kind)),
                code(&office(one.sender.as_ref())),
                code(&one.leaf_index.to_string()),
                one.documents.to_string(),
                code(&hex::encode(&one.digest)),
            ]
        };
        let rows: Vec<Vec<String>> = self.case.withheld.iter().map(row).collect();
        let headings = [
            ArchiveMsg::Filing,
            ArchiveMsg::Office,
            ArchiveMsg::Leaf,
            ArchiveMsg::Documents,
            ArchiveMsg::Digest,
        ];
        let why = format!("<p>{}</p>\n", self.say(ArchiveMsg::WithheldWhy));
        self.heading(ArchiveMsg::Withheld) + &why + &self.table(&headings, &rows)
    }

    fn how(&self) -> String {
        let bundle = format!("{}{BUNDLE}", self.root);
        format!(
            "{}<p>{}</p>\n<pre>sha256sum --check manifest-sha256.txt\n\
             barid verify --policy POLICY --roots ROOTS .</pre>\n<p>{}</p>\n\
             <p>{} <a href=\"{bundle}\"><code>case.barid</code></a></p>\n",
            self.heading(ArchiveMsg::HowTo),
            self.say(ArchiveMsg::HowSteps),
            self.say(ArchiveMsg::HowTrust),
            self.say(ArchiveMsg::HowProof),
        )
    }
}

/// An identifier, digest or date: from left to right wherever it stands.
fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}
