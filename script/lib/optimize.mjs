// What wasm-opt does to a release's WebAssembly, be it the page's or an example's.
//
//   node script/lib/optimize.mjs file.wasm
import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";

// What the compiler may use; wasm-opt must not add more than browsers know.
const features = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext", "simd"];
// None may take a check away: an index beyond its slice has to stop the page.
const passes = ["--flatten", "--rereloop", "-Oz", "-Oz"];

export function optimize(file) {
  execFileSync("wasm-opt", [...features.map((feature) => `--enable-${feature}`), ...passes, file, "-o", file], { stdio: "inherit" });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) optimize(process.argv[2]);
