// Serves a directory of static files, as any host would: right types, compressed where the build has
// compressed them, long caching for the files that have a hash in their name.
//
//   node script/lib/serve.mjs [--dir dist] [--host 127.0.0.1] [--port 8080] [--path /]
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

// The encodings that the build writes and how their files end, the smallest first.
const endings = { br: ".br", gzip: ".gz" };

// What an address stands for: a `file` inside `dir`, another address to `go` to, or neither.
function find(dir, path, address) {
  const { pathname, search } = new URL(address, "http://localhost");
  if (!pathname.startsWith(path)) return {};
  const file = resolve(dir, `.${sep}${decodeURIComponent(pathname.slice(path.length))}`);
  if (file !== dir && !file.startsWith(dir + sep)) return {};
  if (!statSync(file).isDirectory()) return { file };
  // Without the slash at its end the addresses within the page would lead elsewhere.
  return pathname.endsWith("/") ? { file: resolve(file, "index.html") } : { go: `${pathname}/${search}` };
}

// What is sent of `file` to one who accepts these encodings.
function variant(file, accepted) {
  const fits = (encoding) => accepted.includes(encoding) && existsSync(file + endings[encoding]);
  const encoding = Object.keys(endings).find(fits);
  const sent = file + (endings[encoding] ?? "");
  return { encoding, sent, stat: statSync(sent) };
}

// Starts the server; the promise gives it once it listens, or fails as `listen` does.
export function serve({ dir, host = "127.0.0.1", port = 0, path = "/" }) {
  const server = createServer((request, response) => {
    let file, go, found;
    try {
      ({ file, go } = find(resolve(dir), path, request.url));
      found = file && variant(file, request.headers["accept-encoding"] ?? "");
    } catch {
      // No such file, or no such address.
    }
    if (go) return response.writeHead(301, { Location: go }).end();
    if (!found) return response.writeHead(404).end("Not found");
    const { encoding, sent, stat } = found;
    const etag = `"${stat.size}-${stat.mtimeMs}"`;
    const hashed = /-[0-9a-f]{16}(_bg)?\.\w+$/.test(file);
    response.setHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    response.setHeader("ETag", etag);
    response.setHeader("Vary", "Accept-Encoding");
    if (request.headers["if-none-match"] === etag) return response.writeHead(304).end();
    response.setHeader("Content-Type", types[extname(file)] ?? "application/octet-stream");
    response.setHeader("Content-Length", stat.size);
    if (encoding) response.setHeader("Content-Encoding", encoding);
    if (request.method === "HEAD") return response.end();
    createReadStream(sent).on("error", () => response.destroy()).pipe(response);
  });
  return new Promise((listening, failed) => {
    server.once("error", failed);
    server.listen(port, host, () => listening(server));
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      dir: { type: "string", default: "dist" },
      host: { type: "string" },
      port: { type: "string", default: "8080" },
      path: { type: "string" },
    },
  });
  try {
    const server = await serve({ ...values, port: Number(values.port) });
    console.log(`Chainrule is served on http://localhost:${server.address().port}${values.path ?? ""}`);
  } catch (error) {
    const reason = error.code === "EADDRINUSE" ? `Port ${values.port} is in use.` : error.message;
    console.error(`${reason} Choose another with --port.`);
    process.exit(1);
  }
}
