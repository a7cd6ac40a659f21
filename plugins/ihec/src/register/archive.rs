//! A workbook is a ZIP archive, and a few kilobytes of one can unpack to gigabytes. This measures
//! what an archive really unpacks to, part by part, before the workbook's reader opens it. The
//! sizes that an archive declares are not believed: they are written by whoever made the bomb.

use std::io::{self, Cursor, Read};

use barid_plugin::{Place, Problems};
use zip::ZipArchive;

use super::said;
use crate::limits::{ARCHIVE_PARTS_MAX, ARCHIVE_UNPACKED_MAX, REGISTER_BYTES_MAX};

/// Whether the archive may be opened. The problems say why not.
pub(super) fn is_harmless(input: &[u8], problems: &mut Problems) -> bool {
    if input.len() > REGISTER_BYTES_MAX {
        said::too_large(problems, "bytes", input.len() as u64, REGISTER_BYTES_MAX as u64);
        return false;
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(input)) else {
        said::not_a_workbook(problems, Place::default());
        return false;
    };
    if archive.len() > ARCHIVE_PARTS_MAX {
        said::too_large(problems, "parts", archive.len() as u64, ARCHIVE_PARTS_MAX as u64);
        return false;
    }
    match unpacked(&mut archive) {
        Ok(size) if size > ARCHIVE_UNPACKED_MAX => {
            said::too_large(problems, "unpacked bytes", size, ARCHIVE_UNPACKED_MAX);
            false
        }
        Ok(_) => true,
        Err(_) => {
            said::not_a_workbook(problems, Place::default());
            false
        }
    }
}

/// How much the parts unpack to; counting stops right behind the bound.
fn unpacked(archive: &mut ZipArchive<Cursor<&[u8]>>) -> io::Result<u64> {
    let mut total = 0;
    for index in 0..archive.len() {
        let left = ARCHIVE_UNPACKED_MAX + 1 - total;
        let part = archive.by_index(index).map_err(io::Error::other)?;
        total += io::copy(&mut part.take(left), &mut io::sink())?;
        if total > ARCHIVE_UNPACKED_MAX {
            break;
        }
    }
    Ok(total)
}
