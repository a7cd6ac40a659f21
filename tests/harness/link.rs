//! A poor link: between offices and the hub, it counts what goes through and breaks when it is told
//! to.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Bytes carried at a time.
const CARRIED_BYTES: usize = 16 * 1024;

/// The link. Broken for ever when this value is dropped.
pub struct Link {
    address: SocketAddr,
    wire: Arc<Wire>,
}

struct Wire {
    hub: Mutex<String>,
    /// Bytes towards the hub.
    up: AtomicU64,
    /// Bytes from the hub.
    down: AtomicU64,
    /// The link breaks when so many bytes went towards the hub.
    up_max: AtomicU64,
    /// And when so many came from it.
    down_max: AtomicU64,
    gone: AtomicBool,
    open: Mutex<Vec<TcpStream>>,
}

impl Link {
    /// A link to whoever listens at `hub`.
    ///
    /// # Panics
    /// When there is no port.
    #[must_use]
    pub fn to(hub: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("a bound port has an address");
        let wire = Arc::new(Wire {
            hub: Mutex::new(hub.to_owned()),
            up: AtomicU64::new(0),
            down: AtomicU64::new(0),
            up_max: AtomicU64::new(u64::MAX),
            down_max: AtomicU64::new(u64::MAX),
            gone: AtomicBool::new(false),
            open: Mutex::default(),
        });
        let accepting = Arc::clone(&wire);
        thread::spawn(move || {
            for office in listener.incoming().flatten() {
                if accepting.gone.load(Ordering::SeqCst) {
                    break;
                }
                // Nobody at the other end: the office finds its connection closed.
                let _nobody = accepting.connect(&office);
            }
        });
        Self { address, wire }
    }

    /// Where it begins.
    #[must_use]
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// Bytes that went towards the hub.
    #[must_use]
    pub fn up(&self) -> u64 {
        self.wire.up.load(Ordering::SeqCst)
    }

    /// Bytes that came from the hub.
    #[must_use]
    pub fn down(&self) -> u64 {
        self.wire.down.load(Ordering::SeqCst)
    }

    /// Breaks all connections when so many bytes went towards the hub, once.
    pub fn break_at_up(&self, bytes: u64) {
        self.wire.up_max.store(bytes, Ordering::SeqCst);
    }

    /// Breaks all connections when so many bytes came from the hub, once.
    pub fn break_at_down(&self, bytes: u64) {
        self.wire.down_max.store(bytes, Ordering::SeqCst);
    }

    /// Breaks all connections.
    pub fn cut(&self) {
        self.wire.cut();
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.wire.gone.store(true, Ordering::SeqCst);
        self.wire.cut();
        // Wakes the thread that accepts.
        let _woken = TcpStream::connect(self.address);
    }
}

impl Wire {
    fn connect(self: &Arc<Self>, office: &TcpStream) -> io::Result<()> {
        let address = self.hub.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let hub = TcpStream::connect(address)?;
        for end in [office, &hub] {
            end.set_nodelay(true)?;
        }
        let ends = [office.try_clone()?, hub.try_clone()?];
        self.open.lock().unwrap_or_else(PoisonError::into_inner).extend(ends);
        let (up, down) = (Arc::clone(self), Arc::clone(self));
        let (mut from_office, mut to_hub) = (office.try_clone()?, hub.try_clone()?);
        let (mut from_hub, mut to_office) = (hub, office.try_clone()?);
        thread::spawn(move || up.carry(&mut from_office, &mut to_hub, &up.up, &up.up_max));
        thread::spawn(move || {
            down.carry(&mut from_hub, &mut to_office, &down.down, &down.down_max)
        });
        Ok(())
    }

    fn carry(&self, from: &mut TcpStream, to: &mut TcpStream, count: &AtomicU64, max: &AtomicU64) {
        let mut bytes = [0; CARRIED_BYTES];
        while let Ok(read) = from.read(&mut bytes) {
            let Some(part) = bytes.get(..read).filter(|part| !part.is_empty()) else { break };
            let (before, limit) = (count.load(Ordering::SeqCst), max.load(Ordering::SeqCst));
            let room = usize::try_from(limit.saturating_sub(before)).unwrap_or(usize::MAX);
            let passed = part.get(..room).unwrap_or(part);
            if to.write_all(passed).is_err() {
                break;
            }
            count.fetch_add(passed.len() as u64, Ordering::SeqCst);
            if passed.len() == room {
                max.store(u64::MAX, Ordering::SeqCst);
                self.cut();
                return;
            }
        }
        for end in [from, to] {
            let _closed_already = end.shutdown(Shutdown::Both);
        }
    }

    fn cut(&self) {
        for end in self.open.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            let _closed_already = end.shutdown(Shutdown::Both);
        }
    }
}
