// WebKitGTK's MiniBrowser on a display of its own, by WebDriver: Playwright starts only the WebKit that it
// brings along. What is given has the names of Playwright's pages, as far as these tests use them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Builder, By, Key, Origin } from "selenium-webdriver";

const triplets = { x64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu" };

// Ends what setpriv starts when this process ends, however that is; the browser ends without a display.
const withParent = ["--pdeathsig", "KILL"];

const keys = { ArrowRight: Key.ARROW_RIGHT, Control: Key.CONTROL, End: Key.END, Enter: Key.ENTER, Escape: Key.ESCAPE, Home: Key.HOME, Tab: Key.TAB };

// Starts the browser; the promise gives what Playwright's browsers have.
export async function launch() {
  const home = mkdtempSync(join(tmpdir(), "webkit-"));
  const children = [];
  const end = async () => {
    for (const child of children.reverse()) await kill(child);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const display = await startDisplay(children);
    const server = await startDriver(children, { ...process.env, HOME: home, XDG_RUNTIME_DIR: home, DISPLAY: display });
    const driver = await new Builder().usingServer(server).withCapabilities(capabilities()).build();
    const close = async () => {
      await driver.quit().finally(end);
    };
    return { newPage: (options) => Page.open(driver, options), close };
  } catch (fault) {
    await end();
    throw fault;
  }
}

// Any display that is free: the server says which.
async function startDisplay(children) {
  const server = spawn("setpriv", [...withParent, "Xvfb", "-displayfd", "3", "-screen", "0", "1700x1200x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"], detached: true });
  children.push(server);
  return `:${(await first(server, server.stdio[3])).trim()}`;
}

async function startDriver(children, env) {
  const port = await freePort();
  // Painted by the processor: there is no other on a display without a screen.
  const painting = { WEBKIT_SKIA_ENABLE_CPU_RENDERING: "1", WEBKIT_DISABLE_DMABUF_RENDERER: "1" };
  const driver = spawn("setpriv", [...withParent, "WebKitWebDriver", `--port=${port}`], { env: { ...env, ...painting }, stdio: ["ignore", "ignore", "inherit"], detached: true });
  children.push(driver);
  const url = `http://127.0.0.1:${port}`;
  await until(async () => (await fetch(`${url}/status`)).ok, driver);
  return url;
}

function capabilities() {
  const binary = `/usr/lib/${triplets[process.arch]}/webkit2gtk-4.1/MiniBrowser`;
  return { browserName: "MiniBrowser", "webkitgtk:browserOptions": { binary, args: ["--automation"] } };
}

// The first words of a process, or its end as a fault.
function first(child, stream) {
  return new Promise((resolve, reject) => {
    stream.once("data", (data) => resolve(String(data)));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${child.spawnfile} ended with ${code}`)));
  });
}

async function until(holds, child) {
  while (!(await holds().catch(() => false))) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
    await setTimeout(20);
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// Ends a process with all that it has started: each is a group of its own.
async function kill(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  process.kill(-child.pid, "SIGKILL");
  await ended;
}

class Page {
  constructor(driver, baseURL) {
    Object.assign(this, { driver, baseURL });
    const actions = () => driver.actions({ async: true });
    this.mouse = {
      click: (x, y) => actions().move({ x: Math.round(x), y: Math.round(y), origin: Origin.VIEWPORT, duration: 0 }).click().perform(),
    };
    this.keyboard = {
      // As in Playwright: "e", "Enter", "Control+z".
      press: async (names) => {
        const codes = names.split("+").map((name) => keys[name] ?? name);
        const chain = actions();
        for (const code of codes) chain.keyDown(code);
        for (const code of codes.reverse()) chain.keyUp(code);
        await chain.perform();
      },
      type: (text) => actions().sendKeys(...text).perform(),
    };
  }

  static async open(driver, { baseURL, viewport }) {
    const page = new Page(driver, baseURL);
    // What another page has left in the storage: taken away where no page runs that would store it again.
    await page.goto("lessons/xor.json");
    await page.evaluate(
      () =>
        new Promise((done, failed) => {
          localStorage.clear();
          sessionStorage.clear();
          const deleting = indexedDB.deleteDatabase("chainrule");
          deleting.onsuccess = () => done();
          deleting.onerror = () => failed(deleting.error);
        }),
    );
    await page.setViewportSize(viewport);
    return page;
  }

  // The window's own edges come on top; it is never narrower than about 450 pixels. A busy page learns of its
  // new size later than the window has it.
  async setViewportSize({ width, height }) {
    const edges = await this.evaluate(() => [outerWidth - innerWidth, outerHeight - innerHeight]);
    await this.driver.manage().window().setRect({ x: 0, y: 0, width: width + edges[0], height: height + edges[1] });
    const isReached = () => this.evaluate((asked) => innerWidth === asked.width && innerHeight === asked.height, { width, height });
    await this.driver.wait(isReached, 20_000, `the window's inner size is not ${width} by ${height}`);
  }

  goto(address) {
    return this.driver.get(new URL(address, this.baseURL).href);
  }

  reload() {
    return this.driver.navigate().refresh();
  }

  evaluate(what, argument) {
    return this.driver.executeScript(what, argument);
  }

  async setInputFiles(selector, file) {
    await this.driver.findElement(By.css(selector)).sendKeys(file);
  }

  async screenshot({ path }) {
    writeFileSync(path, await this.driver.takeScreenshot(), "base64");
  }

  close() {
    return this.driver.get("about:blank");
  }
}
