//! Zip archives (PKWARE's APPNOTE 6.3, sections 4.3 and 4.4): the files within, stored or deflated, and archives of
//! stored files.

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use super::quoted;

/// How an archive begins: with its first file.
pub const MAGIC: &[u8] = b"PK\x03\x04";
const DIRECTORY: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
/// Bytes of a file's header, of its entry in the directory, and of the end, each without names.
const HEADER_BYTES: usize = 30;
const ENTRY_BYTES: usize = 46;
const END_BYTES: usize = 22;
/// The version of the format that is needed to unpack what is written.
const VERSION: u16 = 20;
/// The first day that a file can be of: 1 January 1980.
const DAY: u16 = 0x21;

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
    let damaged = || "The archive is damaged: save or download it again.".to_owned();
    let end = (0..=bytes.len().saturating_sub(END_BYTES)).rev().take(0x1_0000 + END_BYTES);
    let end = end.into_iter().find(|&at| bytes[at..].starts_with(END)).ok_or_else(damaged)?;
    let n_files = usize::from(u16_at(bytes, end + 10).ok_or_else(damaged)?);
    let mut at = u32_at(bytes, end + 16).ok_or_else(damaged)?;
    if max_files < n_files {
        return Err(format!("The archive has {n_files} files, at most {max_files} are accepted."));
    }
    let (mut entries, mut left) = (Vec::new(), max_bytes);
    for _ in 0..n_files {
        let entry = bytes.get(at..).filter(|entry| entry.starts_with(DIRECTORY)).ok_or_else(damaged)?;
        let field = |at: usize| u16_at(entry, at).map(usize::from).ok_or_else(damaged);
        let number = |at: usize| u32_at(entry, at).ok_or_else(damaged);
        let (method, check) = (field(10)?, number(16)?);
        let (packed, unpacked, header) = (number(20)?, number(24)?, number(42)?);
        let name_length = field(28)?;
        let name = entry.get(ENTRY_BYTES..ENTRY_BYTES + name_length).ok_or_else(damaged)?;
        let name = String::from_utf8_lossy(name).into_owned();
        at += ENTRY_BYTES + name_length + field(30)? + field(32)?;
        if left < unpacked {
            return Err(format!("{} would be too large unpacked.", quoted(&name)));
        }
        left -= unpacked;
        let own = bytes.get(header..).filter(|own| own.starts_with(MAGIC)).ok_or_else(damaged)?;
        let skipped = u16_at(own, 26).zip(u16_at(own, 28)).ok_or_else(damaged)?;
        let start = HEADER_BYTES + usize::from(skipped.0) + usize::from(skipped.1);
        let packed = start.checked_add(packed).and_then(|end| own.get(start..end)).ok_or_else(damaged)?;
        let content = match method {
            0 => packed.to_vec(),
            8 => decompress_to_vec_with_limit(packed, unpacked).map_err(|_| damaged())?,
            _ => {
                return Err(format!(
                    "{} is packed in a way that is not read: numpy.savez writes what is.",
                    quoted(&name)
                ));
            }
        };
        if content.len() != unpacked || crc32(&content) as usize != check {
            return Err(damaged());
        }
        entries.push(Entry { name, bytes: content });
    }
    Ok(entries)
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
        [crc32(content), size, size].iter().for_each(|field| common.extend(field.to_le_bytes()));
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

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?) as usize)
}

/// The check sum of zip archives (ISO 3309), bit by bit: the files are small.
fn crc32(bytes: &[u8]) -> u32 {
    const POLYNOMIAL: u32 = 0xedb8_8320;
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ if sum & 1 == 1 { POLYNOMIAL } else { 0 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check value of CRC-32 in Williams's guide (1993).
    #[test]
    fn the_check_sum_is_that_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
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
