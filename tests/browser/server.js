// Serves dist/ on a free port and, as many a host does, under a path of its own.
import { fileURLToPath } from "node:url";
import { serve } from "../../script/lib/serve.mjs";

export const dist = fileURLToPath(new URL("../../dist", import.meta.url));

// The address of the page and a function that ends the server.
export async function start() {
  const path = "/courses/networks/";
  const server = await serve({ dir: dist, path });
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://localhost:${server.address().port}${path}`, close };
}

// For Playwright: the tests find the address in the environment.
export default async function setup() {
  const { url, close } = await start();
  process.env.CHAINRULE_URL = url;
  return close;
}
