# shellcheck shell=bash
# Source this for the project's tools: where they are, and how the compiler with the wasm32 target
# is called. `script/setup` puts them there.
#
#   source script/lib/env.sh
#   wasm trunk build                                     # a command that builds the page
#   wasm cargo check --target wasm32-unknown-unknown     # one that checks or tests it
#
# Everything else (cargo test, cargo fmt …) uses the cargo on PATH.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${CHAINRULE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/chainrule}

target=wasm32-unknown-unknown
rust_minimum=$(awk -F'"' '/^rust-version = /{print $2}' "$root/Cargo.toml")
trunk_version=0.21.14
# wasm-bindgen's command line must equal the library that the page is built with.
bindgen_version=$(awk -F'"' '/^name = /{name=$2} /^version = / && name=="wasm-bindgen"{print $2}' "$root/Cargo.lock")

trunk_dir=$cache/trunk-$trunk_version
bindgen_dir=$cache/wasm-bindgen-$bindgen_version
export PATH="$trunk_dir/bin:$bindgen_dir/bin:$PATH"

# Trunk 0.21 takes only "true" and "false" in NO_COLOR, and asks for a newer version of itself.
unset NO_COLOR
export TRUNK_SKIP_VERSION_CHECK=true

# `wasm cargo test --target wasm32-unknown-unknown` runs in a browser, or in Node.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
export WASM_BINDGEN_TEST_TIMEOUT=300 WASM_BINDGEN_TEST_DRIVER_TIMEOUT=60
if CHROMEDRIVER=$(command -v chromedriver); then export CHROMEDRIVER; else unset CHROMEDRIVER; fi

# Does this rustc run, and is it new enough? The cargo beside it is taken to be of the same age.
rust_serves() {
    local version
    version=$("$1" --version 2>/dev/null | awk '{print $2}')
    [ -n "$version" ] && [ "$(printf '%s\n' "$rust_minimum" "$version" | sort -V | head -n 1)" = "$rust_minimum" ]
}

# Does the rustc on PATH compile for the page?
has_target() {
    rust_serves rustc && [ -d "$(rustc --print target-libdir --target "$target")" ]
}

# Where the wasm32 standard library for Debian's compiler is, or is to be, with links to that
# compiler in bin/.
debian_sysroot() {
    echo "$cache/wasm-std-$(/usr/bin/rustc --version 2>/dev/null | awk '{print $2}')"
}

# Runs a command with the compiler that has the wasm32 target.
wasm() {
    if has_target; then
        "$@"
    else
        with_debian_rust "--sysroot=$(debian_sysroot)" "$@"
    fi
}

# example NAME: builds an example as the page is built, into target/NAME/, for a browser to load.
example() {
    local file
    # Only what the compiler calls the build knows where it is.
    file=$(wasm cargo build --release --target "$target" --example "$1" --message-format json |
        sed -n "s/.*\"executable\":\"\([^\"]*$1\.wasm\)\".*/\1/p")
    wasm-bindgen --target web --no-typescript --out-dir "$root/target/$1" "$file"
}

# with_debian_rust FLAGS command…: runs the command with Debian's compiler, whose flags these are.
with_debian_rust() {
    local flags=$1 sysroot linker
    shift
    sysroot=$(debian_sysroot)
    if [ ! -x "$sysroot/bin/rustc" ]; then
        echo "No Rust compiler for $target is set up yet: run script/setup." >&2
        return 1
    fi
    linker=$(printf '%s\n' /usr/bin/wasm-ld-* | sort -V | tail -n 1)
    # RUSTFLAGS would take the place of the target's own; Trunk calls the first cargo on PATH; what
    # two compilers build stays apart.
    env -u RUSTFLAGS PATH="$sysroot/bin:$PATH" RUSTC=/usr/bin/rustc \
        CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}/debian" \
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$linker" \
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="$flags" \
        "$@"
}

# A PATH without Rust, or with an old one, gets Debian's once that is set up.
if ! rust_serves rustc && [ -d "$(debian_sysroot)/bin" ]; then
    PATH="$(debian_sysroot)/bin:$PATH"
fi
