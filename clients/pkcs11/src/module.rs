//! The makers' modules: each is loaded and initialised once within a process.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};

use crate::TokenError;

/// Loaded modules. They stay: PKCS#11 knows one initialisation for each process, and unloading a
/// module while a thread of its own still runs ends the process.
static LOADED: Mutex<BTreeMap<PathBuf, Pkcs11>> = Mutex::new(BTreeMap::new());

/// A module, ready for use.
pub(crate) fn load(path: &Path) -> Result<Pkcs11, TokenError> {
    let no_module =
        |error: Error| TokenError::NoModule { path: path.to_owned(), why: error.to_string() };
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    let module = match loaded.get(path) {
        Some(module) => module.clone(),
        None => {
            let module = Pkcs11::new(path).map_err(no_module)?;
            loaded.insert(path.to_owned(), module.clone());
            module
        }
    };
    // Also for one that was loaded before: somebody else in this process may have ended it.
    match module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
        Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => Ok(module),
        Err(error) => Err(no_module(error)),
    }
}
