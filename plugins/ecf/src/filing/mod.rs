//! Gathers a filing from the elements of a message, in one pass.
//!
//! Elements are known by their names without namespace: states extend the standard's elements in
//! namespaces of their own and keep the names. What is kept is bounded ([`SAID_MAX_BYTES`]), so
//! memory does not grow with a message: what it does not ask for passes by.

mod inside;
pub(crate) mod slot;
mod whom;

use barid_plugin::Problems;
use barid_proto::v1::{CourtFiling, FiledAttachment, FiledDocument};

use self::inside::{Inside, What};
use crate::embedded::Embedded;
use crate::messages::{self, Reads};
use crate::missing;
use crate::receive::{Opening, Receiver};
use crate::said;

/// Most bytes of text that one filing may make Barid keep: far more than the longest sample says.
const SAID_MAX_BYTES: usize = 1 << 20;

/// Longest value kept, in bytes: what the hub takes for one line.
pub(crate) const LINE_MAX_BYTES: usize = 1_024;

/// Most documents of a filing: one lead document and 256 exhibits, as an envelope has them.
pub(crate) const DOCUMENTS_MAX: usize = 257;

/// Most participants of a case that are read.
pub(crate) const PARTICIPANTS_MAX: usize = 1_024;

/// Most attachments of a document, related cases, dates, and cases of one message.
pub(crate) const ITEMS_MAX: usize = 64;

/// Most elements that say who has a role.
const CLAIMS_MAX: usize = 4_096;

/// Longest name kept of an element, in bytes. The standard's longest have about 60.
const NAME_MAX_BYTES: usize = 120;

/// Longest path kept, in bytes: a place with a longer one than 1,024 no hub takes, and the name of
/// what is missing there still comes behind it.
const PATH_MAX_BYTES: usize = 900;

/// What was found in a message.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Name and namespace of the message.
    pub(crate) root: Option<(String, String)>,
    /// What it says about a filing.
    pub(crate) filing: CourtFiling,
    /// Path of the element that is the filing's message.
    pub(crate) base: Option<String>,
    /// Path of the case. Empty: there is none.
    pub(crate) case_path: String,
    /// The case's short title.
    pub(crate) short_title: String,
    /// Path of each participant, and of each document.
    pub(crate) participant_paths: Vec<String>,
    pub(crate) document_paths: Vec<String>,
    /// Whether a payment stands beside the filing.
    pub(crate) paid: bool,
    /// What a callback says about the filing: the code, and its words.
    pub(crate) review: Review,
    claims: Vec<Claim>,
}

/// What a callback says about a filing.
#[derive(Debug, Default)]
pub(crate) struct Review {
    /// `accepted`, `rejected`; as written.
    pub(crate) code: String,
    /// Short words, or codes of reasons.
    pub(crate) words: Vec<String>,
    /// Reasons, for people.
    pub(crate) reasons: Vec<String>,
}

/// An element that says who has a role.
#[derive(Debug, Default)]
struct Claim {
    path: String,
    targets: Vec<String>,
    roles: Vec<String>,
    bar_number: String,
    acts_for: Vec<String>,
}

/// Everything seen so far.
pub(crate) struct Collector<'c> {
    institution: &'c str,
    found: Found,
    problems: Problems,
    /// Names of the open elements, outermost first.
    open: Vec<String>,
    /// How many elements are open where the filing's message is the innermost.
    base: Option<usize>,
    inside: Vec<Inside>,
    /// Text of the innermost open element, as long as nothing stands in it.
    text: Option<String>,
    embedded: Option<Embedded>,
    left_bytes: usize,
    full: bool,
}

impl<'c> Collector<'c> {
    /// For a message of this institution.
    pub(crate) fn new(institution: &'c str) -> Self {
        Self {
            institution,
            found: Found::default(),
            problems: Problems::new(),
            open: Vec::new(),
            base: None,
            inside: Vec::new(),
            text: None,
            embedded: None,
            left_bytes: SAID_MAX_BYTES,
            full: false,
        }
    }

    /// What was found, and what is wrong with it.
    pub(crate) fn finish(mut self) -> (Found, Problems) {
        whom::order(&mut self.found);
        whom::settle(&mut self.found, &mut self.problems);
        (self.found, self.problems)
    }

    /// The path of the innermost open element; of a long one, its end. Takes as long as what it
    /// tells: it is asked for at every participant, however deep a message nests them.
    fn path(&self) -> String {
        let mut room = PATH_MAX_BYTES;
        let fitting = self.open.iter().rev().take_while(|name| {
            let fits = room > name.len();
            room = room.saturating_sub(name.len() + 1);
            fits
        });
        let tail = self.open.len() - fitting.count();
        let cut = if tail > 0 { "…" } else { "" };
        let names = self.open.get(tail..).unwrap_or_default();
        format!("{cut}/{}", names.join("/"))
    }

    /// Recognises the message, and the filing in it.
    fn recognise(&mut self, element: &Opening<'_>) {
        let reads = messages::named(element.name).map(|known| known.reads);
        match (self.open.len(), reads) {
            (1, _) => {
                self.found.root = Some((element.name.to_owned(), element.namespace.to_owned()));
                let read = [Reads::Filing, Reads::Review, Reads::Docketing];
                if reads.is_some_and(|reads| read.contains(&reads)) {
                    self.begin(element.name);
                }
            }
            (2, Some(Reads::Filing)) if self.wraps() && self.found.base.is_none() => {
                self.begin(element.name);
            }
            (2, Some(Reads::Filing)) if self.wraps() => {
                let path = self.path();
                said::too_many(&mut self.problems, path, 1);
            }
            (2, Some(Reads::Nothing)) if self.wraps() && element.name == "PaymentMessage" => {
                self.found.paid = true;
            }
            _ => {}
        }
    }

    fn begin(&mut self, name: &str) {
        self.base = Some(self.open.len());
        self.found.base = Some(self.path());
        name.clone_into(&mut self.found.filing.message_name);
    }

    /// Whether the message is a wrapper around a filing.
    fn wraps(&self) -> bool {
        let root = self.found.root.as_ref().and_then(|(name, _)| messages::named(name));
        root.is_some_and(|root| root.reads == Reads::Wrapped)
    }

    /// How deep the innermost open element stands in what is being read: 1 for a child.
    fn level(&self) -> Option<usize> {
        let within = self.inside.last().map_or(self.base?, |inside| inside.depth);
        self.open.len().checked_sub(within)
    }

    /// Enters what begins with this element, if that is something to be read.
    fn enter(&mut self, element: &Opening<'_>) {
        let Some(level) = self.level() else { return };
        let around = self.inside.last().map(|inside| &inside.what);
        let Some(what) = inside::entered(around, level, element) else { return };
        let path = self.path();
        if let What::Case = what {
            if !self.found.case_path.is_empty() {
                return;
            }
            path.clone_into(&mut self.found.case_path);
            shortened(element.name).clone_into(&mut self.found.filing.case_kind);
        }
        self.inside.push(Inside { depth: self.open.len(), what, path });
    }

    /// Takes the text of the element that ends.
    fn take(&mut self, text: &str) {
        let Some(level) = self.level().filter(|level| *level > 0) else { return };
        let mut names = self.open.iter().rev().map(String::as_str);
        let at = slot::At {
            level,
            name: names.next().unwrap_or_default(),
            parent: names.next().unwrap_or_default(),
            grandparent: names.next().unwrap_or_default(),
        };
        let Some(slot) = slot::find(&mut self.found, self.inside.last_mut(), &at) else { return };
        let value = match slot::usable(text) {
            Ok(value) if value.is_empty() => return,
            Ok(value) => value,
            Err(why) => {
                let path = self.path();
                return said::unusable(&mut self.problems, path, why);
            }
        };
        self.left_bytes = self.left_bytes.saturating_sub(value.len());
        if self.left_bytes == 0 {
            self.full = true;
            return said::too_much(&mut self.problems, SAID_MAX_BYTES);
        }
        let placeholder = !slot.is_passing() && slot::is_placeholder(&value, at.name);
        let put = slot.put(value, self.institution);
        if placeholder {
            let path = self.path();
            said::placeholder(&mut self.problems, path);
        }
        if let Err(why) = put {
            let path = self.path();
            said::not_put(&mut self.problems, path, &why);
        }
    }

    /// Leaves what ends with the innermost open element.
    fn leave(&mut self) {
        let Some(inside) = self.inside.pop_if(|inside| inside.depth == self.open.len()) else {
            return;
        };
        let filing = &mut self.found.filing;
        match inside.what {
            What::Case | What::Court | What::Related | What::Other => {}
            What::Submitter(person) => {
                let submitter = person.finish();
                filing.submitter = submitter.filter(|_| filing.submitter.is_none());
            }
            What::Participant(person) => {
                let participant = person.finish().unwrap_or_default();
                self.add_participant(participant, inside.path);
            }
            What::Role(person, claim) => self.claimed(person.finish(), claim, inside.path),
            What::Represented(references) => self.represented(references),
            What::Address(parts) => self.addressed(parts),
            What::Document(document, media_type) => {
                self.add_document(document, &media_type, inside.path);
            }
            What::Attachment(attachment) if attachment == FiledAttachment::default() => {}
            What::Attachment(attachment) => {
                let around = self.inside.last_mut().map(|around| &mut around.what);
                if let Some(What::Document(document, _)) = around {
                    if document.attachments.len() < ITEMS_MAX {
                        document.attachments.push(attachment);
                    } else {
                        said::too_many(&mut self.problems, inside.path, ITEMS_MAX);
                    }
                }
            }
        }
    }

    fn add_document(&mut self, mut document: FiledDocument, media_type: &str, path: String) {
        if slot::is_media_type(media_type) {
            for attachment in &mut document.attachments {
                if attachment.media_type.is_empty() {
                    media_type.clone_into(&mut attachment.media_type);
                }
            }
        }
        if self.found.filing.documents.len() >= DOCUMENTS_MAX {
            return said::too_many(&mut self.problems, path, DOCUMENTS_MAX);
        }
        let path = numbered(&self.found.document_paths, &path);
        let unsaid = !media_type.is_empty() && !slot::is_media_type(media_type);
        if unsaid && document.attachments.is_empty() {
            // Without content of its own nothing else would tell of it.
            missing::media_type(&mut self.problems, &path);
        }
        self.found.document_paths.push(path);
        self.found.filing.documents.push(document);
    }
}

/// The beginning of a name: no element that is read has a longer one.
fn shortened(name: &str) -> &str {
    let end = (0..=NAME_MAX_BYTES.min(name.len())).rev().find(|at| name.is_char_boundary(*at));
    name.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// A path with the number, from 1, that its element has among those of the same path.
fn numbered(earlier: &[String], path: &str) -> String {
    let same = |known: &&String| known.strip_prefix(path).is_some_and(|rest| rest.starts_with('['));
    format!("{path}[{}]", earlier.iter().filter(same).count() + 1)
}

impl Receiver for Collector<'_> {
    fn open(&mut self, element: Opening<'_>) {
        self.open.push(shortened(element.name).to_owned());
        self.text = None;
        self.embedded = None;
        if self.found.filing.standard.is_empty()
            && let Some(standard) = messages::standard(element.namespace)
        {
            standard.clone_into(&mut self.found.filing.standard);
        }
        if self.base.is_none() {
            self.recognise(&element);
            return;
        }
        if self.full {
            return;
        }
        self.enter(&element);
        if let Some(inside) = self.inside.last_mut() {
            inside.pointed(&element);
            if inside.embeds(element.name) {
                self.embedded = Some(Embedded::default());
                return;
            }
        }
        self.text = Some(String::new());
    }

    fn text(&mut self, text: &str) {
        if let Some(embedded) = &mut self.embedded {
            embedded.push(text);
        } else if let Some(so_far) = &mut self.text {
            // One more than fits tells that it does not.
            let room = (LINE_MAX_BYTES * 4).saturating_sub(so_far.len());
            let end = (0..=room.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
            so_far.push_str(text.get(..end.unwrap_or(0)).unwrap_or_default());
        }
    }

    fn close(&mut self) {
        if let Some(embedded) = self.embedded.take() {
            let read = embedded.finish();
            let path = self.path();
            if let Some(What::Attachment(attachment)) =
                self.inside.last_mut().map(|inside| &mut inside.what)
            {
                match read {
                    Some((size_bytes, sha256)) => {
                        (attachment.size_bytes, attachment.sha256) = (size_bytes, sha256);
                    }
                    None => said::not_base64(&mut self.problems, path),
                }
            }
        } else if let Some(text) = self.text.take() {
            self.take(&text);
        }
        self.leave();
        if self.base == Some(self.open.len()) {
            // What stands beside the filing is not its.
            self.base = None;
        }
        self.open.pop();
    }
}
