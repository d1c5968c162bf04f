//! Pictures: where the marks of the diagram, the loss curve, the plots and the maps stand and what colours
//! they have, in numbers, for any drawing surface. Uses text, lesson, moment and run.

pub mod chart;
mod contour;
pub mod errors;
pub mod fit;
pub mod graph;
pub mod heat_map;
pub mod image;
pub mod layout;
pub mod plot;
pub mod qr;
pub mod ranking;
pub mod raster;
pub mod rates;
pub mod selection;
pub mod slice;
pub mod slider;
pub mod unit_pictures;
pub mod workspace;
