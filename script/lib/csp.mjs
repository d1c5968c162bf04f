// Run by Trunk after each build: puts the hash of each inline script into the content security
// policy of the built index.html, so that these scripts run and no others.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const file = join(process.env.TRUNK_STAGING_DIR, "index.html");
const html = readFileSync(file, "utf8");

const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g)].map((match) => match[1]);
const sources = scripts.map((script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`);
// `trunk serve` changes its reloading script on each request.
if (html.includes("{{__TRUNK_")) sources.splice(0, sources.length, "'unsafe-inline'");

if (!html.includes("script-src ")) throw new Error("index.html has no script-src in its policy");
writeFileSync(file, html.replace("script-src ", `script-src ${sources.join(" ")} `));
