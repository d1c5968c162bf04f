//! The workspace: which cards are seen and how large, as borders that can be moved, a card that has
//! been enlarged, and what presenting shows.

use crate::words::picture as words;

/// A card of the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Card {
    /// The network diagram.
    Network,
    /// The derivation of the step.
    Derivation,
    /// The loss curve, with what learns.
    Curve,
    /// The tables and what else has a tab.
    Tables,
}

impl Card {
    /// All cards, in the order in which they are read.
    pub const ALL: [Self; 4] = [Self::Network, Self::Derivation, Self::Curve, Self::Tables];

    /// As it is stored and as the style sheet knows it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Derivation => "derivation",
            Self::Curve => "curve",
            Self::Tables => "tables",
        }
    }

    /// As the page writes it within a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Network => words::network(),
            Self::Derivation => words::derivation(),
            Self::Curve => words::loss_curve(),
            Self::Tables => words::tables(),
        }
    }

    /// The key that enlarges it.
    pub fn shortcut(self) -> &'static str {
        match self {
            Self::Network => "N",
            Self::Derivation => "D",
            Self::Curve => "C",
            Self::Tables => "T",
        }
    }
}

/// A border between cards that can be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Border {
    /// Between network and curve on the left, derivation and tables on the right.
    Columns,
    /// Between network and curve.
    Left,
    /// Between derivation and tables.
    Right,
}

impl Border {
    /// All borders.
    pub const ALL: [Self; 3] = [Self::Columns, Self::Left, Self::Right];

    /// As it is stored and as the style sheet knows it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Columns => "columns",
            Self::Left => "left",
            Self::Right => "right",
        }
    }

    /// What it stands between.
    pub fn name(self) -> &'static str {
        match self {
            Self::Columns => words::border_of_network_and_derivation(),
            Self::Left => words::border_of_network_and_curve(),
            Self::Right => words::border_of_derivation_and_tables(),
        }
    }

    /// Whether it is moved sideways.
    pub fn is_upright(self) -> bool {
        self == Self::Columns
    }

    /// Where it stands unless it has been moved, in percent of the workspace.
    fn usual(self) -> u8 {
        match self {
            Self::Columns => 57,
            Self::Left => 72,
            Self::Right => 47,
        }
    }
}

/// A border stands from here to as far from the other end, in percent of the workspace.
pub const LEAST: u8 = 20;

/// How the cards are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// Where the borders are, in percent of the workspace, in the order of [`Border::ALL`].
    borders: [u8; 3],
    /// The card that has all of the room.
    pub enlarged: Option<Card>,
    /// Whether it is shown to a hall.
    pub is_presenting: bool,
    /// Whether the tables stand in the place of the derivation while presenting.
    pub has_tables: bool,
    /// Whether the screen is dark.
    pub is_blank: bool,
    /// Whether the diagram is drawn large around what the step is about.
    pub is_near: bool,
    /// Whether a spot of light follows the pointer.
    pub has_spot: bool,
}

impl Default for Workspace {
    fn default() -> Self {
        Self {
            borders: Border::ALL.map(Border::usual),
            enlarged: None,
            is_presenting: false,
            has_tables: false,
            is_blank: false,
            is_near: false,
            has_spot: false,
        }
    }
}

/// What can be done to the arrangement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rearrange {
    /// A border to so many percent.
    Move(Border, u8),
    /// A border to where it stands usually.
    Restore(Border),
    /// A card to the whole workspace, or back.
    Enlarge(Card),
    /// Present, or stop presenting.
    Present,
    /// The tables in the place of the derivation while presenting, or back; else enlarged, or back.
    Tables,
    /// The tables in sight, as they are to show something that has been asked for.
    ShowTables,
    /// Dark, or light again.
    Blank,
    /// The diagram near what the step is about, or whole again.
    Near,
    /// The spot of light on, as long as a key is held, or off.
    Spot(bool),
    /// One thing back: the screen light again, an enlarged card in its place, the page as it was.
    Back,
}

impl Workspace {
    /// Where a border is, in percent.
    pub fn border(&self, border: Border) -> u8 {
        self.borders[border as usize]
    }

    /// The arrangement after a change.
    pub fn after(mut self, change: Rearrange) -> Self {
        match change {
            Rearrange::Move(border, percent) => {
                self.borders[border as usize] = percent.clamp(LEAST, 100 - LEAST);
            }
            Rearrange::Restore(border) => self.borders[border as usize] = border.usual(),
            Rearrange::Enlarge(card) => {
                self.enlarged = if self.enlarged == Some(card) { None } else { Some(card) };
            }
            Rearrange::Present => {
                let is_presenting = !self.is_presenting;
                self = Self {
                    is_presenting,
                    is_blank: false,
                    is_near: false,
                    has_tables: false,
                    enlarged: None,
                    ..self
                };
            }
            Rearrange::Tables if self.is_presenting => {
                self.has_tables = !self.has_tables || self.enlarged.is_some();
                self.enlarged = None;
            }
            Rearrange::Tables => return self.after(Rearrange::Enlarge(Card::Tables)),
            Rearrange::ShowTables => {
                self.has_tables = self.is_presenting;
                self.enlarged = self.enlarged.filter(|card| *card == Card::Tables);
            }
            Rearrange::Blank => self.is_blank = !self.is_blank,
            Rearrange::Near => self.is_near = !self.is_near,
            Rearrange::Spot(has_spot) => self.has_spot = has_spot,
            Rearrange::Back if self.is_blank => self.is_blank = false,
            Rearrange::Back if self.enlarged.is_some() => self.enlarged = None,
            Rearrange::Back if self.is_near => self.is_near = false,
            Rearrange::Back if self.is_presenting => return self.after(Rearrange::Present),
            Rearrange::Back => {}
        }
        self
    }

    /// Whether there is anything to go back from.
    pub fn is_changed(&self) -> bool {
        self.after(Rearrange::Back) != *self
    }

    /// The borders as they are stored: "57 72 44".
    pub fn stored(&self) -> String {
        self.borders.map(|percent| percent.to_string()).join(" ")
    }

    /// The arrangement with borders as they were stored; the usual ones where that is not readable.
    pub fn from_stored(text: &str) -> Self {
        let usual = Self::default();
        let read: Vec<u8> = text.split(' ').map_while(|word| word.parse().ok()).collect();
        match <[u8; 3]>::try_from(read) {
            Ok(read) => Border::ALL.into_iter().zip(read).fold(usual, |workspace, (border, percent)| {
                workspace.after(Rearrange::Move(border, percent))
            }),
            Err(_) => usual,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Rearrange; 10] = [
        Rearrange::Move(Border::Left, 33),
        Rearrange::Restore(Border::Left),
        Rearrange::Enlarge(Card::Tables),
        Rearrange::Enlarge(Card::Network),
        Rearrange::Present,
        Rearrange::Tables,
        Rearrange::Blank,
        Rearrange::Near,
        Rearrange::Back,
        Rearrange::Move(Border::Columns, 80),
    ];

    #[test]
    fn going_back_ends_in_the_plain_workspace_from_anywhere() {
        for first in ALL {
            for second in ALL {
                for third in ALL {
                    let mut workspace = Workspace::default().after(first).after(second).after(third);
                    let borders = workspace.borders;
                    let mut n_back = 0;
                    while workspace.is_changed() {
                        workspace = workspace.after(Rearrange::Back);
                        n_back += 1;
                    }
                    assert_eq!(workspace, Workspace { borders, ..Workspace::default() });
                    assert!(n_back <= 4, "{first:?}, {second:?}, {third:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_done_twice_is_undone() {
        for change in [
            Rearrange::Enlarge(Card::Curve),
            Rearrange::Present,
            Rearrange::Blank,
            Rearrange::Near,
            Rearrange::Tables,
        ] {
            let workspace = Workspace::default();
            assert_eq!(workspace.after(change).after(change), workspace);
        }
    }

    #[test]
    fn the_tables_take_the_derivations_place_only_while_presenting() {
        let desk = Workspace::default().after(Rearrange::Tables);
        assert_eq!((desk.enlarged, desk.has_tables), (Some(Card::Tables), false));
        let hall = Workspace::default().after(Rearrange::Present).after(Rearrange::Tables);
        assert_eq!((hall.enlarged, hall.has_tables), (None, true));
        assert!(!hall.after(Rearrange::Present).has_tables);
    }

    #[test]
    fn what_is_asked_for_among_the_tables_comes_in_sight() {
        let shown = |workspace: Workspace| workspace.after(Rearrange::ShowTables);
        assert_eq!(shown(Workspace::default()), Workspace::default());
        let large = |card| Workspace::default().after(Rearrange::Enlarge(card));
        assert_eq!(shown(large(Card::Curve)), Workspace::default());
        assert_eq!(shown(large(Card::Tables)), large(Card::Tables));
        let hall = Workspace::default().after(Rearrange::Present);
        assert_eq!(shown(hall), hall.after(Rearrange::Tables));
        assert_eq!(shown(shown(hall)), shown(hall));
    }

    #[test]
    fn borders_are_stored_and_read_and_stay_within_the_workspace() {
        let moved = Workspace::default()
            .after(Rearrange::Move(Border::Right, 99))
            .after(Rearrange::Move(Border::Columns, 3));
        assert_eq!(moved.stored(), "20 72 80");
        assert_eq!(Workspace::from_stored(&moved.stored()), moved);
        for text in ["", "a b c", "1 2", "1 2 3 4", "-1 2 3", "300 2 3"] {
            assert_eq!(Workspace::from_stored(text), Workspace::default(), "{text}");
        }
    }
}
