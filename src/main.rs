//! The page's entry point. Natively there is no page; this says how to start it.

#[cfg(target_arch = "wasm32")]
fn main() {
    chainrule::page::run();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("Chainrule runs in a browser: start it with script/server");
}
