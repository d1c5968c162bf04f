//! Zip archives (PKWARE's APPNOTE 6.3, sections 4.3 and 4.4): the files within, stored or deflated, and archives of
//! stored files. An archive is read by the crate `rawzip`; how much of it may be unpacked is said here. What is written
//! is too simple for a crate, which the page would have to download.

use crc::{CRC_32_ISO_HDLC, Crc, NoTable};
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use rawzip::{CompressionMethod, ZipArchive, ZipFileHeaderRecord, ZipSliceArchive, ZipVerification};

use super::shown;
use crate::words::weights::files as words;

/// How an archive begins: with its first file.
pub const MAGIC: &[u8] = b"PK\x03\x04";
/// What each entry of its directory begins with, and its end.
const DIRECTORY: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
/// The version of the format that is needed to unpack what is written.
const VERSION: u16 = 20;
/// The first day that a file can be of: 1 January 1980.
const DAY: u16 = 0x21;

/// The check sum of zip archives, without the tables that would have to be downloaded: the files are small.
const CHECK_SUM: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// A file of an archive, unpacked.
pub struct Entry {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The files of an archive, in the order of its directory.
///
/// # Errors
/// A sentence if it is damaged, or would be more than `max_files` or `max_bytes` unpacked.
pub fn read(bytes: &[u8], max_files: usize, max_bytes: usize) -> Result<Vec<Entry>, String> {
    let archive = ZipArchive::from_slice(bytes).map_err(|_| damaged())?;
    let n_files = archive.entries_hint();
    if (max_files as u64) < n_files {
        return Err(words::too_many_files(&n_files, &max_files));
    }
    let (mut entries, mut left) = (Vec::new(), max_bytes);
    let mut directory = archive.entries();
    while let Some(header) = directory.next_entry().map_err(|_| damaged())? {
        let entry = unpacked(&archive, &header, left)?;
        left -= entry.bytes.len();
        entries.push(entry);
        if n_files < entries.len() as u64 {
            return Err(damaged());
        }
    }
    if entries.len() as u64 == n_files { Ok(entries) } else { Err(damaged()) }
}

/// A file, if it is not larger than `max_bytes`: no more memory is taken than it says that it needs.
fn unpacked(
    archive: &ZipSliceArchive<&[u8]>,
    header: &ZipFileHeaderRecord,
    max_bytes: usize,
) -> Result<Entry, String> {
    let name = String::from_utf8_lossy(header.file_path().as_ref()).into_owned();
    let size = usize::try_from(header.uncompressed_size_hint()).unwrap_or(usize::MAX);
    if max_bytes < size {
        return Err(words::too_large_unpacked(&shown(&name)));
    }
    let own = archive.get_entry(header.wayfinder()).map_err(|_| damaged())?;
    let content = match header.compression_method() {
        _ if header.flags().is_encrypted() => return Err(not_read(&name)),
        CompressionMethod::STORE => own.data().to_vec(),
        CompressionMethod::DEFLATE => {
            decompress_to_vec_with_limit(own.data(), size).map_err(|_| damaged())?
        }
        _ => return Err(not_read(&name)),
    };
    let found =
        ZipVerification { crc: CHECK_SUM.checksum(&content), uncompressed_size: content.len() as u64 };
    own.claim_verifier().valid(found).map_err(|_| damaged())?;
    Ok(Entry { name, bytes: content })
}

fn damaged() -> String {
    words::archive_is_damaged().to_owned()
}

fn not_read(name: &str) -> String {
    words::packed_otherwise(&shown(name))
}

/// An archive of these files, stored as they are.
pub fn write(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let start = archive.len() as u32;
        // Version, no flags, stored, no time, the day; then check sum, both sizes, length of the name, nothing else.
        let mut common = Vec::new();
        [VERSION, 0, 0, 0, DAY].iter().for_each(|field| common.extend(field.to_le_bytes()));
        let size = content.len() as u32;
        [CHECK_SUM.checksum(content), size, size].iter().for_each(|field| common.extend(field.to_le_bytes()));
        [name.len() as u16, 0].iter().for_each(|field| common.extend(field.to_le_bytes()));
        archive.extend(MAGIC);
        archive.extend(&common);
        archive.extend(name.as_bytes());
        archive.extend(content);
        directory.extend(DIRECTORY);
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&common);
        // No comment, the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(start.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, n) = (archive.len() as u32, files.len() as u16);
    archive.extend(&directory);
    archive.extend(END);
    archive.extend([0; 4]);
    archive.extend(n.to_le_bytes());
    archive.extend(n.to_le_bytes());
    archive.extend((directory.len() as u32).to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0; 2]);
    archive
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check value of CRC-32 in Williams's guide (1993).
    #[test]
    fn the_check_sum_is_that_of_the_standard() {
        assert_eq!(CHECK_SUM.checksum(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn an_archive_comes_back_and_a_damaged_one_is_told() {
        let files = [("a.txt".to_owned(), b"one".to_vec()), ("b.txt".to_owned(), vec![7; 300])];
        let archive = write(&files);
        let found: Vec<_> = read(&archive, 9, 999).unwrap().into_iter().map(|e| (e.name, e.bytes)).collect();
        assert_eq!(found, files);
        assert!(read(&archive, 1, 999).is_err());
        assert!(read(&archive, 9, 302).is_err());
        for k in 0..archive.len() {
            assert!(read(&archive[..k], 9, 999).is_err(), "cut at {k}");
        }
    }
}
