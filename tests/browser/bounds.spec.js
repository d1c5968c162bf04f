// An index beyond a slice stops the program: no flag of the build takes the check away. `script/test`
// builds examples/bounds.rs as it builds the page.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";

const folder = new URL("../../target/bounds/", import.meta.url);

test("an index beyond a slice traps in a program that is built as the page is", async () => {
  // Node takes a .js file outside this folder for another kind of module.
  const script = readFileSync(new URL("bounds.js", folder), "utf8");
  const { default: start, read, write, part } = await import(`data:text/javascript,${encodeURIComponent(script)}`);
  await start({ module_or_path: readFileSync(new URL("bounds_bg.wasm", folder)) });
  expect([read(9), write(9, 5.5), part(2, 10)]).toEqual([0.5, 10, 8]);
  const trap = { name: "RuntimeError" };
  const beyond = [() => read(10), () => read(50), () => read(5_000), () => write(10, 1), () => write(50, 1), () => part(9, 11), () => part(8, 7)];
  for (const call of beyond) expect(call, String(call)).toThrow(expect.objectContaining(trap));
});
