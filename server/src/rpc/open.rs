//! The table of open connections: how many there are, and which have to go when certificates are
//! revoked. Revocation alone would not reach a connection that was opened before.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustls::pki_types::CertificateDer;
use tokio_util::sync::CancellationToken;

use crate::identity::tls::Tls;
use crate::model::id::InstitutionId;

/// All open connections whose handshake is done.
pub(super) struct OpenConnections {
    total_max: usize,
    per_institution_max: usize,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    next: u64,
    open: HashMap<u64, Open>,
}

struct Open {
    chain: Vec<CertificateDer<'static>>,
    institution: Option<InstitutionId>,
    cut: CancellationToken,
}

/// A connection's place in the table, given back when dropped.
pub(super) struct Place {
    number: u64,
    connections: Arc<OpenConnections>,
    /// Fires when the connection has to end at once.
    pub(super) cut: CancellationToken,
}

/// Why there is no place for a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoPlace {
    /// The hub has as many as it takes.
    Hub,
    /// The institution has as many as it may.
    Institution,
}

impl OpenConnections {
    pub(super) fn new(total_max: usize, per_institution_max: usize) -> Arc<Self> {
        Arc::new(Self { total_max, per_institution_max, table: Mutex::default() })
    }

    /// Gives a connection a place. Certificates without an office share the bound of one
    /// institution.
    pub(super) fn enter(
        self: &Arc<Self>,
        chain: Vec<CertificateDer<'static>>,
        institution: Option<InstitutionId>,
    ) -> Result<Place, NoPlace> {
        let mut table = self.lock();
        if table.open.len() >= self.total_max {
            return Err(NoPlace::Hub);
        }
        let own = table.open.values().filter(|open| open.institution == institution).count();
        if own >= self.per_institution_max {
            return Err(NoPlace::Institution);
        }
        let (number, cut) = (table.next, CancellationToken::new());
        table.next += 1;
        table.open.insert(number, Open { chain, institution, cut: cut.clone() });
        Ok(Place { number, connections: Arc::clone(self), cut })
    }

    /// Ends the connections whose certificate would be refused now. Returns how many.
    pub(super) fn cut_refused(&self, tls: &Tls) -> usize {
        let table = self.lock();
        let refused = table.open.values().filter(|open| !tls.admits(&open.chain));
        refused.inspect(|open| open.cut.cancel()).count()
    }

    /// Ends all connections. Returns how many.
    pub(super) fn cut_all(&self) -> usize {
        self.lock().open.values().inspect(|open| open.cut.cancel()).count()
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.connections.lock().open.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bounded_and_given_back() {
        let connections = OpenConnections::new(3, 2);
        let panel = InstitutionId::new("panel");
        let first = connections.enter(vec![], panel.clone());
        let second = connections.enter(vec![], panel.clone());
        assert!(first.is_ok() && second.is_ok());
        assert_eq!(connections.enter(vec![], panel.clone()).err(), Some(NoPlace::Institution));

        let third = connections.enter(vec![], None);
        assert!(third.is_ok());
        assert_eq!(connections.enter(vec![], None).err(), Some(NoPlace::Hub));

        drop(first);
        assert!(connections.enter(vec![], panel).is_ok());
    }

    #[test]
    fn cutting_reaches_those_inside() {
        let connections = OpenConnections::new(3, 3);
        let inside = connections.enter(vec![], None).unwrap();
        drop(connections.enter(vec![], None));
        assert_eq!(connections.cut_all(), 1);
        assert!(inside.cut.is_cancelled());
    }
}
