#![doc = include_str!("../README.md")]

pub mod activation;
pub mod classes;
pub mod confusion;
pub mod gradient;
pub mod init;
pub mod kernel;
pub mod lanes;
pub mod loss;
pub mod math;
pub mod matrix;
pub mod mistakes;
pub mod network;
pub mod optimizer;
pub mod rng;
pub mod trace;
