// Run by Trunk after each build, on what it has built.
//
// A release's WebAssembly goes through wasm-opt, and what ties it to its JavaScript gets short names.
// The style sheets become one without comments and indents: one request in place of several, and
// together they compress better. The hash of each inline script goes into the content security policy of
// index.html, so that these scripts run and no others. A release is compressed for hosts that send
// such files as they are.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { optimize } from "./optimize.mjs";

const dir = process.env.TRUNK_STAGING_DIR;
const index = join(dir, "index.html");
const hash = (text, kind, digits) => createHash(kind).update(text).digest(digits);
let html = readFileSync(index, "utf8");

const isRelease = process.env.TRUNK_PROFILE === "release";
const wasm = readdirSync(dir).find((file) => file.endsWith("_bg.wasm"));
const glue = wasm?.replace("_bg.wasm", ".js");

// The functions that the page takes from the browser end in sixteen digits each, which nothing can
// compress: they are numbered instead, in names of the same length.
function shortenImports() {
  let module = readFileSync(join(dir, wasm)).toString("latin1");
  let script = readFileSync(join(dir, glue), "utf8");
  const names = new Set(script.match(/__wbg_\w+_[0-9a-f]{16}\b/g));
  [...names].forEach((name, k) => {
    const short = name.slice(0, -16) + String(k).padStart(16, "0");
    module = module.replaceAll(name, short);
    script = script.replaceAll(name, short);
  });
  writeFileSync(join(dir, wasm), Buffer.from(module, "latin1"));
  writeFileSync(join(dir, glue), script);
}

if (isRelease && wasm) {
  optimize(join(dir, wasm));
  shortenImports();
  // Both have changed since Trunk hashed them. (Browsers ignore the hash of a preloaded module.)
  const integrity = `sha384-${hash(readFileSync(join(dir, glue)), "sha384", "base64")}`;
  html = html.replace(/(<link rel="modulepreload"[^>]* integrity=")[^"]*/, `$1${integrity}`);
  html = html.replace(/(<link rel="preload"[^>]*\.wasm"[^>]*) integrity="[^"]*"/, "$1");
}

const links = [...html.matchAll(/<link rel="stylesheet" href="\.\/([^"]+)"[^>]*>\s*/g)];
if (links.length) {
  // What only the laboratory needs stays out of the first page.
  const isLeftOut = (file) => process.env.CHAINRULE_PAGE === "first" && /^(explore|lab)-/.test(file);
  const sheets = links.filter(([, file]) => !isLeftOut(file)).map(([, file]) => readFileSync(join(dir, file), "utf8"));
  const css = sheets.join("").replace(/\s*\/\*[^]*?\*\//g, "").replace(/\n\s+/g, "\n");
  const file = `style-${hash(css, "sha256", "hex").slice(0, 16)}.css`;
  for (const [link, sheet] of links) {
    html = html.replace(link, "");
    rmSync(join(dir, sheet));
  }
  // Without the hash that Trunk adds: a browser that may not look into the sheet, as in a sandboxed frame,
  // would not use it.
  html = html.replace("</head>", `<link rel="stylesheet" href="./${file}"></head>`);
  writeFileSync(join(dir, file), css);
}

const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g)].map((match) => match[1]);
const sources = scripts.map((script) => `'sha256-${hash(script, "sha256", "base64")}'`);
// `trunk serve` changes its reloading script on each request.
if (html.includes("{{__TRUNK_")) sources.splice(0, sources.length, "'unsafe-inline'");

if (!html.includes("script-src ")) throw new Error("index.html has no script-src in its policy");
writeFileSync(index, html.replace("script-src ", `script-src ${sources.join(" ")} `));

if (isRelease) {
  const isCompressible = (file) => /\.(css|html|js|json|txt|wasm)$/.test(file);
  for (const file of readdirSync(dir, { recursive: true }).filter(isCompressible)) {
    const content = readFileSync(join(dir, file));
    writeFileSync(join(dir, `${file}.br`), brotliCompressSync(content));
    writeFileSync(join(dir, `${file}.gz`), gzipSync(content, { level: 9 }));
  }
}
