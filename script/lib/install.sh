# shellcheck shell=bash
# The parts of script/setup: each installs one thing and says so. Sourced after env.sh.

log=$cache/setup.log
browser_tests=$root/tests/browser
python_dir=$cache/python

stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

# Two set-ups at once would build the same things twice.
one_at_a_time() {
    mkdir -p "$cache"
    command -v flock >/dev/null || return 0
    exec 9>"$cache/lock"
    flock --nonblock 9 && return
    echo "Another set-up is running; waiting for it …"
    flock 9
}

# step "What, about how long" command…: says what is being installed, and how long it took. What the
# command prints goes to the log; its end goes to the terminal if it fails.
step() {
    local what=$1 from=$SECONDS out
    shift
    echo "Installing $what …"
    out=$(mktemp)
    if ! "$@" >"$out" 2>&1; then
        cat "$out" >>"$log"
        tail -n 20 "$out" >&2
        stop "Installing ${what%, *} failed; $log has all that was printed."
    fi
    cat "$out" >>"$log"
    rm -f "$out"
    echo "Installed ${what%, *} in $((SECONDS - from)) s."
}

# apt "What, about how long" package…
apt() {
    local what=$1 sudo=()
    shift
    command -v apt-get >/dev/null ||
        stop "${what%, *} is needed and this is not Debian or one of its kin: install it and start again."
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null ||
            stop "${what%, *} is needed and there is no sudo here. As root: apt-get install $*"
        sudo --validate || stop "${what%, *} is needed. As root: apt-get install $*"
        sudo=(sudo)
    fi
    if [ -z "${apt_is_fresh-}" ]; then
        step "Debian's list of packages, some seconds" "${sudo[@]}" apt-get update
        apt_is_fresh=yes
    fi
    step "$what" "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends "$@"
}

install_node() {
    command -v node >/dev/null || apt "Node.js, under 1 minute" nodejs
}

install_npm() {
    command -v npm >/dev/null || apt "npm, 1 to 2 minutes" npm
}

# Debian's own compiler (the one that it builds its browsers with), its source and its linker: from
# these the wasm32 standard library is built.
install_debian_rust() {
    command -v apt-get >/dev/null || stop "Rust $rust_minimum or newer with the target $target is needed.
Install it from https://rustup.rs, or bring it up to date with \`rustup update\`, and start again."
    local llvm sysroot
    if ! rust_serves /usr/bin/rustc || [ ! -x /usr/bin/cargo ] || [ ! -d /usr/lib/rustlib/src/rust/library ]; then
        apt "Debian's Rust compiler and its source, about 1 minute" rustc-web cargo-web rust-web-src
        rust_serves /usr/bin/rustc || stop "Debian's Rust compiler is older than $rust_minimum here.
Install Rust from https://rustup.rs and start again."
    fi
    llvm=$(/usr/bin/rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
    [ -x "/usr/bin/wasm-ld-$llvm" ] || apt "the linker, some seconds" "lld-$llvm"

    sysroot=$(debian_sysroot)
    mkdir -p "$sysroot/bin"
    ln -sf /usr/bin/{cargo,rustc,cargo-clippy,clippy-driver} "$sysroot/bin/"
    rust_serves rustc || PATH="$sysroot/bin:$PATH"
}

# Builds the standard library for Debian's compiler, which has none for wasm32, with an empty crate: the
# same as rustup's ready-made one. LTO needs its bitcode.
build_std() {
    local sysroot dir
    sysroot=$(debian_sysroot)
    dir=$(mktemp -d)
    mkdir "$dir/src"
    touch "$dir/src/lib.rs"
    printf '[package]\nname = "empty"\nedition = "2024"\n[lib]\ncrate-type = ["cdylib"]\n' >"$dir/Cargo.toml"
    (
        cd "$dir"
        env -u CARGO_TARGET_DIR RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
            CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$(printf '%s\n' /usr/bin/wasm-ld-* | sort -V | tail -n 1)" \
            /usr/bin/cargo build --release --target "$target" \
            -Z build-std=std,panic_abort,panic_unwind,test
    ) || return 1
    mkdir -p "$sysroot/part" "$sysroot/lib/rustlib/$target"
    cp "$dir/target/$target/release/deps/"*.rlib "$sysroot/part/"
    mv "$sysroot/part" "$sysroot/lib/rustlib/$target/lib"
    rm -rf "$dir"
}

# A compiler for wasm32 with its standard library: rustup's if it can be had, else Debian's.
install_target() {
    if ! has_target && rust_serves rustc && command -v rustup >/dev/null; then
        echo "Adding the target $target with rustup, some seconds …"
        rustup target add "$target" >>"$log" 2>&1 || true
        has_target || echo "rustup could not fetch it; Debian's compiler and its source serve instead."
    fi
    has_target && return
    install_debian_rust
    compiler_ready || step "the standard library for $target, 1 to 2 minutes" build_std
}

compiler_ready() {
    local sysroot
    sysroot=$(debian_sysroot)
    has_target || { [ -x "$sysroot/bin/rustc" ] && [ -d "$sysroot/lib/rustlib/$target/lib" ]; }
}

# cargo_tool DIRECTORY PACKAGE VERSION option…: quick to build before quick to run, since they have
# little to do. They share a directory, where their common dependencies are built once.
cargo_tool() {
    local dir=$1 package=$2 version=$3
    shift 3
    CARGO_TARGET_DIR=$cache/build CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_DEV_INCREMENTAL=false \
        CARGO_PROFILE_DEV_DEBUG_ASSERTIONS=false CARGO_PROFILE_DEV_OVERFLOW_CHECKS=false \
        CARGO_PROFILE_DEV_CODEGEN_UNITS=4 \
        cargo install --debug --root "$dir" --version "$version" --no-default-features "$@" "$package"
}

install_tools() {
    # (With its lock file wasm-bindgen-cli 0.2.130 asks for a crate that was never published.)
    [ -x "$trunk_dir/bin/trunk" ] || step "Trunk $trunk_version, 3 to 6 minutes" \
        cargo_tool "$trunk_dir" trunk "$trunk_version" --locked
    [ -x "$bindgen_dir/bin/wasm-bindgen" ] || step "wasm-bindgen $bindgen_version, about 1 minute" \
        cargo_tool "$bindgen_dir" wasm-bindgen-cli "$bindgen_version"
    rm -rf "$cache/build"
}

# Whatever of the page can be compiled while the tools are; a failure shows again in the real build.
compile_ahead() {
    (cd "$root" && wasm cargo build --release --target "$target" --bins >>"$log" 2>&1) || true
}

# What the tests take besides.

chromium_path() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

lints_ready() {
    cargo fmt --version && cargo clippy --version && { has_target || [ -x /usr/bin/cargo-clippy ]; }
} &>/dev/null

engines_ready() {
    command -v firefox-esr && command -v WebKitWebDriver && command -v Xvfb
} &>/dev/null

npm_ready() {
    [ "$browser_tests/node_modules/.package-lock.json" -nt "$browser_tests/package-lock.json" ]
}

# NumPy for one of these: Debian's package belongs to Debian's Python, which need not be the first one.
numpy_ready() {
    python3 -c 'import numpy' || /usr/bin/python3 -c 'import numpy'
} &>/dev/null

# Safetensors for the same, in the project's own cache.
safetensors_ready() {
    [ -d "$python_dir/safetensors" ]
}

tests_ready() {
    command -v pdflatex >/dev/null && numpy_ready && safetensors_ready && chromium_path >/dev/null && [ -n "${CHROMEDRIVER-}" ] && engines_ready && npm_ready && lints_ready
}

install_lints() {
    lints_ready && return
    if command -v rustup >/dev/null; then
        rustup component add rustfmt clippy >>"$log" 2>&1 || true
        lints_ready && return
    fi
    apt "Debian's Rust linter and formatter, some seconds" rust-web-clippy rustfmt-web
}

install_browser() {
    if ! chromium_path >/dev/null || ! command -v chromedriver >/dev/null; then
        apt "Chromium and its driver, under 1 minute" chromium chromium-driver
    fi
}

# What the documents that the page saves are compiled with.
install_latex() {
    command -v pdflatex >/dev/null || apt "LaTeX, under 1 minute" texlive-latex-base
}

# What the lines of Python that the page copies are run with.
install_numpy() {
    numpy_ready || apt "NumPy, some seconds" python3-numpy
}

# What exported weights are read back with: half a megabyte, the same file for every Python from 3.10 on.
install_safetensors() {
    safetensors_ready && return
    python3 -m pip --version &>/dev/null || apt "pip, some seconds" python3-pip
    step "safetensors, some seconds" python3 -m pip install --disable-pip-version-check --no-deps --target "$python_dir" safetensors==0.8.0
}

# The two other engines, and a display for the one that needs one.
install_engines() {
    engines_ready || apt "Firefox, WebKitGTK with its driver and a display for it, 1 to 2 minutes" \
        firefox-esr webkit2gtk-driver xvfb
}

install_npm_packages() {
    npm_ready && return
    install_npm
    [ "$(node --version | sed 's/^v\([0-9]*\).*/\1/')" -ge 20 ] ||
        stop "The browser tests need Node.js 20 or newer; $(command -v node) is $(node --version)."
    step "the packages of the browser tests, some seconds" \
        env PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --prefix "$browser_tests" --no-audit --no-fund
}
