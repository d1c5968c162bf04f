// What wasm-opt does to a release's WebAssembly, be it the page's or that of script/bench.
import { execFileSync } from "node:child_process";

// What the compiler may use; wasm-opt must not add more than browsers know.
const features = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext", "simd"];
const passes = ["--traps-never-happen", "--flatten", "--rereloop", "-Oz", "-Oz"];

export function optimize(file) {
  execFileSync("wasm-opt", [...features.map((feature) => `--enable-${feature}`), ...passes, file, "-o", file], { stdio: "inherit" });
}
