//! Reading dockets, and one's own register.

use barid_proto::v1::docket_service_client::DocketServiceClient;
use barid_proto::v1::register_service_client::RegisterServiceClient;
use barid_proto::v1::{
    DocketEntry, DocketNumber, GetCaseRequest, GetCaseResponse, GetCourseRequest,
    GetCourseResponse, ListCasesRequest, ListCasesResponse, ListRegistrationsRequest,
    ListRegistrationsResponse, SearchCasesRequest, SearchCasesResponse, WatchCaseRequest,
    WatchCaseResponse,
};
use tonic::Streaming;

use super::{Client, READ_WITHIN, lacks, stub, within};
use crate::error::ClientError;
use crate::memory::Claim;
use crate::verify::Verified;
use crate::verify::stated::{self, Stated};

/// How one names a case.
#[derive(Debug, Clone)]
pub enum CaseName {
    /// By its identifier.
    Id([u8; 16]),
    /// By an institution's number, as written.
    Number(DocketNumber),
}

impl CaseName {
    /// As requests have it: identifier and number, one of them empty.
    fn parts(self) -> (Vec<u8>, Option<DocketNumber>) {
        match self {
            Self::Id(id) => (id.to_vec(), None),
            Self::Number(number) => (Vec::new(), Some(number)),
        }
    }
}

/// A docket as it grows.
pub struct Watch {
    client: Client,
    stream: Streaming<WatchCaseResponse>,
}

impl Client {
    /// A case with its docket, as the hub tells it. [`Client::verify_line`] checks each line.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn case(&self, name: CaseName) -> Result<GetCaseResponse, ClientError> {
        let (case_id, docket_number) = name.parts();
        self.call(|channel| {
            let (case_id, docket_number) = (case_id.clone(), docket_number.clone());
            let request = within(READ_WITHIN, GetCaseRequest { case_id, docket_number });
            async move { stub!(DocketServiceClient, channel).get_case(request).await }
        })
        .await
    }

    /// Where a case stands in its procedure, as the hub computes it from what this office may read.
    /// [`barid_proto::procedure::course`] computes it from a bundle without the hub.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn course(&self, name: CaseName) -> Result<GetCourseResponse, ClientError> {
        let (case_id, docket_number) = name.parts();
        self.call(|channel| {
            let (case_id, docket_number) = (case_id.clone(), docket_number.clone());
            let request = within(READ_WITHIN, GetCourseRequest { case_id, docket_number });
            async move { stub!(DocketServiceClient, channel).get_course(request).await }
        })
        .await
    }

    /// One page of this office's cases, newest first.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn cases(&self, page: ListCasesRequest) -> Result<ListCasesResponse, ClientError> {
        self.call(|channel| {
            let request = within(READ_WITHIN, page.clone());
            async move { stub!(DocketServiceClient, channel).list_cases(request).await }
        })
        .await
    }

    /// One page of this office's cases that a text leads to, the likeliest first.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn search(
        &self,
        page: SearchCasesRequest,
    ) -> Result<SearchCasesResponse, ClientError> {
        self.call(|channel| {
            let request = within(READ_WITHIN, page.clone());
            async move { stub!(DocketServiceClient, channel).search_cases(request).await }
        })
        .await
    }

    /// Watches a docket: what is there, then what comes.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn watch(&self, case_id: [u8; 16]) -> Result<Watch, ClientError> {
        let mut client = stub!(DocketServiceClient, self.channel()?);
        let opened = client.watch_case(WatchCaseRequest { case_id: case_id.to_vec() }).await;
        let stream = opened.map_err(|status| self.broken(&status))?.into_inner();
        Ok(Watch { client: self.clone(), stream })
    }

    /// Verifies a line of a docket: the filing, what the hub computed about it, and what it states
    /// about its deliveries.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn verify_line(&self, line: &DocketEntry) -> Result<Verified, ClientError> {
        Ok(self.verify_line_stated(line).await?.0)
    }

    /// As [`Client::verify_line`], with what the hub states on the line.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn verify_line_stated(
        &self,
        line: &DocketEntry,
    ) -> Result<(Verified, Vec<Stated>), ClientError> {
        let filing = line.filing.clone().ok_or_else(|| lacks("filing"))?;
        let verified = self.verify(filing, Claim::OfSomeTime).await?;
        let all = stated::line(line, &verified, &self.office.trust)?;
        for stated in &all {
            self.believe_statement(stated).await?;
        }
        Ok((verified, all))
    }

    /// One page of what this office registered.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn registrations(
        &self,
        page: ListRegistrationsRequest,
    ) -> Result<ListRegistrationsResponse, ClientError> {
        self.call(|channel| {
            let request = within(READ_WITHIN, page.clone());
            async move { stub!(RegisterServiceClient, channel).list_registrations(request).await }
        })
        .await
    }
}

impl Watch {
    /// The next line, verified; `None` when the hub ends the stream.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn next(&mut self) -> Result<Option<(DocketEntry, Verified)>, ClientError> {
        let arrived = self.stream.message().await;
        let arrived = arrived.map_err(|status| self.client.broken(&status))?;
        let Some(line) = arrived.and_then(|arrived| arrived.entry) else { return Ok(None) };
        let verified = self.client.verify_line(&line).await?;
        Ok(Some((line, verified)))
    }
}
