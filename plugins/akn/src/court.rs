//! A court that sends its rulings as Akoma Ntoso.

use barid_plugin::{Place, Problems};
use barid_proto::v1::{
    DecodeReply, DecodeRequest, DocketNumber, EncodeReply, FilingContent, FilingKind,
    filing_content::Content,
};

use crate::docket::{Series, Strictness};
use crate::paper::{Paper, Setting};
use crate::reply::{self, Decoded};

/// Media type of Akoma Ntoso (OASIS Akoma Ntoso Version 1.0 Part 1, section 8).
pub const MEDIA_TYPE: &str = "application/akn+xml";

/// What the formats of one court have in common.
#[derive(Debug, Clone, Copy)]
pub struct Court<'c> {
    /// What its documents say about it.
    pub setting: Setting<'c>,
    /// Its register of cases.
    pub series: Series<'c>,
}

impl Court<'_> {
    /// Reads a judgment of this court; its docket numbers get their normal forms.
    #[must_use]
    pub fn read(&self, request: &DecodeRequest, problems: &mut Problems) -> Option<Paper> {
        let mut paper = crate::read(&request.input, &request.institution, problems)?;
        let place = Place::path("/akomaNtoso/judgment/header//docketNumber");
        let numbers = std::mem::take(&mut paper.ruling.docket_numbers);
        paper.ruling.docket_numbers = numbers
            .into_iter()
            .flat_map(|number| self.normalised(request, number, &place, problems))
            .collect();
        Some(paper)
    }

    /// Reads a ruling.
    #[must_use]
    pub fn decode_ruling(&self, request: &DecodeRequest) -> DecodeReply {
        let mut problems = Problems::new();
        let read = self.read(request, &mut problems).map(|paper| Decoded {
            kind: FilingKind::RulingIssued,
            docket_numbers: paper.ruling.docket_numbers.clone(),
            content: Content::RulingIssued(paper.ruling),
        });
        reply::decoded(request, read, problems)
    }

    /// Writes a ruling.
    #[must_use]
    pub fn encode_ruling(&self, format: &str, content: Option<&FilingContent>) -> EncodeReply {
        let content = content.and_then(|content| content.content.as_ref());
        let Some(Content::RulingIssued(ruling)) = content else {
            return reply::not_writable(format);
        };
        let paper = Paper { ruling: ruling.clone(), facts: Vec::new() };
        self.encode(&paper, "ruling.xml")
    }

    /// Writes a paper of this court.
    #[must_use]
    pub fn encode(&self, paper: &Paper, name: &str) -> EncodeReply {
        let mut problems = Problems::new();
        let output = crate::write(paper, &self.setting, &mut problems);
        reply::encoded(output, MEDIA_TYPE, name, problems)
    }

    /// Numbers of this court's register from a list of literals at `path`. One that is none of its
    /// numbers is an error.
    pub fn numbers(
        &self,
        institution: &str,
        path: &str,
        literals: &[String],
        problems: &mut Problems,
    ) -> Vec<DocketNumber> {
        let mut numbers = Vec::new();
        for (index, literal) in literals.iter().enumerate() {
            let place = Place::path(format!("{path}[{index}]"));
            let read = self.series.wire(institution, literal, &place, Strictness::Refuse, problems);
            numbers.extend(read);
        }
        numbers
    }

    /// Numbers of other institutions are theirs to read.
    fn normalised(
        &self,
        request: &DecodeRequest,
        number: DocketNumber,
        place: &Place,
        problems: &mut Problems,
    ) -> Vec<DocketNumber> {
        if number.institution != request.institution {
            return vec![number];
        }
        let DocketNumber { institution, literal, .. } = number;
        self.series.wire(&institution, &literal, place, Strictness::Keep, problems)
    }
}
