// Run by Trunk after each build, on what it has built.
//
// The style sheets become one without comments and indents: one request in place of several, and
// together they compress better. The hash of each inline script goes into the content security policy of
// index.html, so that these scripts run and no others. A release is compressed for hosts that send
// such files as they are.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const dir = process.env.TRUNK_STAGING_DIR;
const index = join(dir, "index.html");
const hash = (text, kind, digits) => createHash(kind).update(text).digest(digits);
let html = readFileSync(index, "utf8");

const isRelease = process.env.TRUNK_PROFILE === "release";

const links = [...html.matchAll(/<link rel="stylesheet" href="\.\/([^"]+)"[^>]*>\s*/g)];
if (links.length) {
  const sheets = links.map(([, file]) => readFileSync(join(dir, file), "utf8"));
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
