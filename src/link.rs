//! A moment as a link: the fragment of an address that opens the page at what is seen. Uses the session and
//! the arrangement of its cards.

use serde::{Deserialize, Serialize};

use crate::lesson::Lesson;
use crate::lesson::file::ViewList;
use crate::lesson::view::View;
use crate::picture::workspace::Card;
use crate::session::Session;
use crate::session::saved::shared;
pub use crate::session::saved::shared::{Base, LeftOut, Shared};
use crate::text::document::{self, ByWord, Object, Word};
use crate::text::fault::{Read, Within, fault};
use crate::text::packed::{pack, unpack};
use crate::words::session::read as words;

/// The version that is written: it stands before the packed text.
const VERSION: u64 = 1;
/// The most characters of a link's fragment: mail programs and chats keep addresses of this length whole.
pub const MAX_CHARS: usize = 2_000;

/// A link, without the address of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What stands behind the "#".
    pub fragment: String,
    /// What it leaves out.
    pub left_out: Vec<LeftOut>,
}

/// How the page shows its session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageView {
    /// What is open: on the card of the step, and among the tables.
    pub opens: Vec<View>,
    /// The card that has all of the room.
    pub enlarged: Option<Card>,
    /// Whether it is shown to a hall.
    pub is_presenting: bool,
    /// Whether the tables stand in the place of the derivation while presenting.
    pub has_tables: bool,
    /// The word of the theme that was chosen.
    pub theme: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkFile {
    moment: Object<shared::SharedFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<Object<ViewFile>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ViewFile {
    #[serde(skip_serializing_if = "Option::is_none")]
    opens: Option<ViewList>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enlarged: Option<ByWord<Card>>,
    /// 1, or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    present: Option<u64>,
    /// 1, or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    tables: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<String>,
}

impl Word for Card {
    const ALL: &'static [Self] = &Self::ALL;

    fn word(self) -> &'static str {
        self.key()
    }
}

impl PageView {
    fn file(&self) -> ViewFile {
        let opens = || self.opens.iter().copied().map(ByWord).collect();
        ViewFile {
            opens: (!self.opens.is_empty()).then(opens),
            enlarged: self.enlarged.map(ByWord),
            present: self.is_presenting.then_some(1),
            tables: self.has_tables.then_some(1),
            theme: self.theme.clone(),
        }
    }

    fn of(file: &ViewFile) -> Read<Self> {
        let opens = file.opens.as_ref().map(|views| views.all().of("opens")).transpose()?.unwrap_or_default();
        Ok(Self {
            opens: opens.iter().map(|view| view.0).collect(),
            enlarged: file.enlarged.map(|card| card.0),
            is_presenting: file.present.is_some(),
            has_tables: file.tables.is_some(),
            theme: file.theme.clone(),
        })
    }
}

/// A link to what is seen: with all of it, or else with as much as there is room for; `None` where there is
/// none for the lesson. `base` is the lesson that comes with the page and is most like this one.
pub fn link(session: &Session, base: Option<&Base>, view: &PageView) -> Option<Link> {
    let mut all = shared::write(session, base).map(|(moment, left_out)| {
        let view = (*view != PageView::default()).then(|| Object(view.file()));
        let file = LinkFile { moment: Object(moment), view };
        // Nothing that it holds can fail to be written.
        let text = serde_json::to_string(&file).unwrap_or_default();
        Link { fragment: format!("v{VERSION}.{}", pack(&text)), left_out }
    });
    all.find(|link| link.fragment.len() <= MAX_CHARS)
}

/// A link that has been read, and not yet been opened.
pub struct Opening(LinkFile);

impl Opening {
    /// Reads the fragment of an address; `None` where it is none of a link.
    ///
    /// # Errors
    /// What is wrong with it, if it begins as one.
    pub fn read(fragment: &str) -> Option<Read<Self>> {
        let (version, packed) = fragment.strip_prefix('v')?.split_once('.')?;
        let version = version.parse::<u64>().ok()?;
        Some(if version == VERSION {
            unpack(packed).and_then(|text| document::read(&text)).map(Self)
        } else {
            fault(words::later_link(&version, &VERSION))
        })
    }

    /// The lesson that comes with the page and that it builds on, by its name.
    pub fn base(&self) -> Option<&str> {
        self.0.moment.lesson.as_deref()
    }

    /// What it carries, with the lesson of [`Self::base`].
    ///
    /// # Errors
    /// The first fault, with its place.
    pub fn open(&self, base: Option<&Lesson>) -> Read<(Shared, PageView)> {
        let shared = Shared::read(&self.0.moment, base).of("moment")?;
        let view = self.0.view.as_ref().map(|view| PageView::of(view).of("view")).transpose()?;
        Ok((shared, view.unwrap_or_default()))
    }
}
