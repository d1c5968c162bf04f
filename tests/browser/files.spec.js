// Lesson files: opening them by button and by drop, saving them, and what becomes of broken ones.
import { alert, box, card, choice, exportFile, expectColumn, importFile, map, openLesson, openTab, press, readLedger, slider, status, type } from "./lesson.js";
import { expect, open, test } from "./page.js";
import { lessonFile, named, shown } from "./reference.js";

// A lesson with two layers and two samples; each broken file is this one with one thing changed.
const valid = () => ({
  format: "chainrule-lesson",
  version: 1,
  title: "Two layers",
  source: "made for this test",
  notes: "Nothing to note.",
  notation: "numbered",
  network: {
    inputs: 2,
    input_names: ["i₁", "i₂"],
    layers: [
      { activation: "tanh", unit_names: ["h₁", "h₂"], weights: [[0.5, -0.25], [1, 2]], biases: [0.125, -0.5] },
      { activation: "sigmoid", weights: [[0.75, -1]] },
    ],
  },
  loss: "binary_cross_entropy",
  optimizer: { method: "sgd", learning_rate: 0.2 },
  data: { inputs: [[1, 2], [3, 4]], targets: [[0], [1]] },
});

function broken(change) {
  const lesson = valid();
  change(lesson);
  return JSON.stringify(lesson);
}

// The content of a file, and the place that the sentence must name.
const faults = {
  "an empty file": ["", "file: "],
  "no JSON": ["weights: 1, 2, 3", "file: not JSON"],
  "JSON that breaks off": [JSON.stringify(valid()).slice(0, 200), "file: not JSON"],
  "a list": ["[1, 2, 3]", "file: "],
  "a number": ["42", "file: "],
  "a picture": ["\u0089PNG\r\n\u001a\n", "file: not JSON"],
  "a key twice": [JSON.stringify(valid()).replace("{", '{"title":"Other",'), "file: "],
  "no format": [broken((it) => delete it.format), "format: missing"],
  "another format": [broken((it) => (it.format = "recipe")), "format: "],
  "a newer version": [broken((it) => (it.version = 2)), "version: 2, expected 1"],
  "an unknown key": [broken((it) => (it.colour = "red")), "colour: unknown key"],
  "an unknown key inside": [broken((it) => (it.network.layers[1].dropout = 0.5)), "network.layers[1].dropout: unknown key"],
  "a title that is no text": [broken((it) => (it.title = 5)), "title: "],
  "notes that are too long": [broken((it) => (it.notes = "a".repeat(20_001))), "notes: "],
  "no network": [broken((it) => delete it.network), "network: missing"],
  "no layers": [broken((it) => (it.network.layers = [])), "network.layers: 0 layers"],
  "eleven layers": [broken((it) => (it.network.layers = Array(11).fill(it.network.layers[0]))), "network.layers: 11 layers"],
  "more inputs than allowed": [broken((it) => (it.network.inputs = 1e9)), "network.inputs: "],
  "too few weights in a row": [broken((it) => it.network.layers[0].weights[1].pop()), "network.layers[0].weights[1]: 1 number, expected 2"],
  "a weight too many": [broken((it) => it.network.layers[1].weights[0].push(1)), "network.layers[1].weights[0]: 3 numbers, expected 2"],
  "a weight that is text": [broken((it) => (it.network.layers[0].weights[0][1] = "0.5")), "network.layers[0].weights[0][1]: text, expected a number"],
  "a weight that is null": [broken((it) => (it.network.layers[0].weights[0][1] = null)), "network.layers[0].weights[0][1]: null"],
  "a weight beyond the limit": [broken((it) => (it.network.layers[0].weights[1][0] = 1e7)), "network.layers[0].weights[1][0]: "],
  "too many biases": [broken((it) => it.network.layers[0].biases.push(0)), "network.layers[0].biases: 3 numbers, expected 2"],
  "an unknown activation": [broken((it) => (it.network.layers[0].activation = "swish")), "network.layers[0].activation: "],
  "softmax within": [broken((it) => (it.network.layers[0].activation = "softmax")), "network.layers[0].activation: softmax"],
  "units without init": [broken((it) => (it.network.layers[1] = { activation: "sigmoid", units: 1 })), "network.layers[1].init: missing"],
  "weights and init": [broken((it) => (it.network.layers[1].init = { scheme: "zeros" })), "network.layers[1].init: "],
  "a name twice": [broken((it) => (it.network.layers[0].unit_names = ["h", "h"])), "network.layers[0].unit_names"],
  "a name that is too long": [broken((it) => (it.network.input_names[0] = "i".repeat(41))), "network.input_names[0]: "],
  "an unknown loss": [broken((it) => (it.loss = "regret")), "loss: "],
  "a loss that does not fit": [broken((it) => (it.loss = "cross_entropy")), "loss: "],
  "an unknown optimiser": [broken((it) => (it.optimizer.method = "luck")), "optimizer.method: "],
  "no learning rate": [broken((it) => delete it.optimizer.learning_rate), "optimizer.learning_rate: missing"],
  "a negative learning rate": [broken((it) => (it.optimizer.learning_rate = -1)), "optimizer.learning_rate: "],
  "no data": [broken((it) => delete it.data), "data: missing"],
  "no sample": [broken((it) => (it.data = { inputs: [], targets: [] })), "data.inputs: no sample"],
  "an input too few": [broken((it) => it.data.inputs[1].pop()), "data.inputs[1]: 1 number, expected 2"],
  "a target too few": [broken((it) => it.data.targets.pop()), "data.targets: 1 row, expected 2"],
  "a target outside 0 to 1": [broken((it) => (it.data.targets[1][0] = 2)), "data.targets[1][0]: 2, expected 0 to 1"],
  "a batch larger than the data": [broken((it) => (it.batch_size = 3)), "batch_size: "],
  "an unknown notation": [broken((it) => (it.notation = "greek")), "notation: "],
  "an unknown update order": [broken((it) => (it.update_order = "random")), "update_order: "],
  "a printed number that is none": [broken((it) => (it.published = [{ epoch: 0, quantity: "E", value: "low" }])), "published[0].value: "],
};

const carried = (page, text, name) =>
  page.evaluateHandle(
    ([text, name]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name, { type: "application/json" }));
      return data;
    },
    [text, name],
  );

// Drops a file on the page, as a file manager does.
async function drop(page, text, name = "lesson.json") {
  await page.dispatchEvent("main", "drop", { dataTransfer: await carried(page, text, name) });
}

// Pastes a file that was copied in a file manager.
async function paste(page, text, name = "lesson.json") {
  const data = await carried(page, text, name);
  await page.evaluate((clipboardData) => document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true })), data);
}

for (const [way, give] of [["chosen", importFile], ["dropped", drop], ["pasted", paste]]) {
  test(`a broken file that is ${way} changes nothing, and the sentence names the place`, async ({ page }) => {
    test.slow();
    await open(page);
    await type(box(page, "w₅"), "0.3");
    await press(page, "Step forward", 7);
    const ledger = await readLedger(page);
    for (const [what, [content, place]] of Object.entries(faults)) {
      await test.step(what, async () => {
        await give(page, content, `${what}.json`);
        await expect(alert(page)).toContainText(`“${what}.json” is not a lesson that can be opened. ${place}`);
        await expect(choice(page, "Lesson")).toHaveValue("HMKCode 2-2-1");
        await expect(slider(page)).toHaveValue("7");
        expect(await readLedger(page)).toEqual(ledger);
        await press(page, "Dismiss");
        await expect(alert(page)).toBeHidden();
      });
    }
  });

  test(`a valid file that is ${way} is opened`, async ({ page }) => {
    const lesson = valid();
    await open(page);
    await give(page, JSON.stringify(lesson));
    await expect(card(page)).toContainText("Two layers");
    await expect(choice(page, "Lesson").getByRole("option", { selected: true })).toHaveText("Two layers");
    await expectColumn(page, "old", map(named(lesson.network.layers), (x) => shown(x)));
    // The mean of −ln(1 − out) and −ln out, by hand.
    const out = ([x, y]) => 1 / (1 + Math.exp(-(0.75 * Math.tanh(0.5 * x - 0.25 * y + 0.125) - Math.tanh(x + 2 * y - 0.5))));
    const loss = (-Math.log(1 - out([1, 2])) - Math.log(out([3, 4]))) / 2;
    await expect(status(page, "Loss")).toHaveText(shown(loss));
    await expect(alert(page)).toBeHidden();
  });
}

test("a large lesson is read while the page answers, and can be cancelled", async ({ page }) => {
  const row = (k) => Array.from({ length: 39 }, (_, j) => ((k * 31 + j * 17) % 1000) / 8 + 0.0625);
  const lesson = { ...valid(), title: "Large", loss: "half_squared_error", batch_size: 32 };
  lesson.network = { inputs: 39, layers: [{ activation: "identity", weights: [row(1)] }] };
  lesson.data = { inputs: Array.from({ length: 25_000 }, (_, k) => row(k)), targets: Array(25_000).fill([1]) };
  const dialog = page.getByRole("dialog", { name: "Open lesson" });
  const reading = dialog.getByRole("progressbar", { name: "Reading" });
  await open(page);
  await type(box(page, "w₅"), "0.3");
  await press(page, "Step forward", 7);
  const ledger = await readLedger(page);
  for (const cancel of [() => dialog.getByRole("button", { name: "Cancel" }).click(), () => page.keyboard.press("Escape")]) {
    await drop(page, JSON.stringify(lesson), "large.json");
    await expect(reading).toBeVisible();
    await cancel();
    await expect(dialog).toBeHidden();
    await expect(choice(page, "Lesson")).toHaveValue("HMKCode 2-2-1");
    await expect(slider(page)).toHaveValue("7");
    expect(await readLedger(page)).toEqual(ledger);
  }
  // A fault behind all of it is found where it is.
  await drop(page, JSON.stringify({ ...lesson, batch_size: 0 }), "wrong.json");
  await expect(reading).toBeVisible();
  await expect(alert(page)).toContainText("“wrong.json” is not a lesson that can be opened. batch_size: 0, expected 1 to 25000.", { timeout: 40_000 });
  await expect(dialog).toBeHidden();
  expect(await readLedger(page)).toEqual(ledger);

  await drop(page, JSON.stringify(lesson), "large.json");
  await expect(reading).toBeVisible();
  await expect(card(page)).toContainText("Large", { timeout: 40_000 });
  await expect(dialog).toBeHidden();
  await press(page, "Step forward");
  await expect(slider(page)).toHaveValue("1");
});

test("a file that is too large is refused unread", async ({ page }) => {
  await open(page);
  await importFile(page, " ".repeat(10_000_001), "large.json");
  await expect(alert(page)).toContainText("“large.json” is too large for a lesson: at most 10 MB");
  await expect(choice(page, "Lesson")).toHaveValue("HMKCode 2-2-1");
});

test("the same file can be opened again after a fault was mended", async ({ page }) => {
  await open(page);
  await importFile(page, "{}");
  await expect(alert(page)).toContainText("format: missing");
  await importFile(page, valid());
  await expect(card(page)).toContainText("Two layers");
  await expect(alert(page)).toBeHidden();
});

test("an exported lesson is the lesson as it stands, and comes back the same", async ({ page }) => {
  const expected = lessonFile("mazur");
  expected.network.layers[0].weights[0][1] = 0.1 + 0.2;
  expected.data.targets[0][1] = 0.5;
  expected.optimizer.learning_rate = 1e-3;
  await open(page);
  await openLesson(page, "Mazur 2-2-2");
  await type(box(page, "w₂"), "0.30000000000000004");
  await type(box(page, "target o₂"), "0.5");
  await type(box(page, "Learning rate"), "1e-3");
  const text = await exportFile(page);
  expect(JSON.parse(text)).toMatchObject(expected);

  await openLesson(page, "HMKCode 2-2-1");
  await importFile(page, text);
  await expect(card(page)).toContainText("Mazur 2-2-2");
  await expectColumn(page, "old", map(named(expected.network.layers), (x) => shown(x)));
  await expect(box(page, "Learning rate")).toHaveValue("0.001");
  expect(await exportFile(page)).toBe(text);
});

test("export writes the weights that have been learned", async ({ page }) => {
  await open(page);
  await press(page, "Next epoch");
  const { network } = JSON.parse(await exportFile(page));
  // After the first update, by hand.
  const expected = [[0.121326, 0.226989], [0.132135, 0.0982025], [0.1743825, 0.169416]];
  network.layers.flatMap(({ weights }) => weights).forEach((row, i) => row.forEach((w, j) => expect(w).toBeCloseTo(expected[i][j], 14)));
});

test("markup in a lesson is shown as text", async ({ page }) => {
  const evil = "<img src=x onerror=alert(1)>";
  const lesson = valid();
  Object.assign(lesson, { title: `${evil} title`, notes: `${evil} notes`, source: `${evil} source` });
  lesson.network.input_names = [evil, "<b>i</b>"];
  lesson.network.layers[0].unit_names = ["<script>alert(2)</script>", "&lt;h&gt;"];
  lesson.published = [{ epoch: 0, quantity: evil, value: "1", note: `${evil} note` }];
  page.on("dialog", () => expect.unreachable());
  await open(page);
  await importFile(page, lesson);
  for (const text of [lesson.title, lesson.notes, lesson.source]) await expect(card(page).getByText(text)).toBeVisible();
  await expect(box(page, evil)).toBeVisible();
  await press(page, "Step forward");
  await expect(card(page).getByRole("heading", { level: 2 })).toContainText("<script>alert(2)</script>");
  for (const tab of ["Matrix", "Data", "Published"]) await openTab(page, tab);
  await expect(page.getByRole("tabpanel", { name: "Published" })).toContainText(`${evil} note`);
  await expect(page.locator("img, main script, main b b")).toHaveCount(0);
});

// Text that would turn sentences round, hang the browser or widen the page.
const hostile = {
  "thousands of accents": (lesson) => {
    for (const key of ["title", "notes", "source"]) lesson[key] = `a${"\u0301".repeat(19_000)}`;
  },
  "words without an end": (lesson) => {
    for (const key of ["title", "notes", "source"]) lesson[key] = "W".repeat(10_000);
    lesson.network.input_names = ["W".repeat(40), "V".repeat(40)];
    lesson.network.layers[0].unit_names = ["M".repeat(40), "N".repeat(40)];
    lesson.published = [{ epoch: 0, quantity: "W".repeat(40), value: "1", note: "W".repeat(1_000) }];
  },
  "letters that turn the line round": (lesson) => {
    lesson.title = "\u202Eeltit";
    lesson.network.input_names = ["\u202Edne", "i₂"];
    lesson.network.layers[0].unit_names = ["h\u2067₁", "h₂"];
  },
};

for (const width of [390, 1280]) {
  test(`text of a file cannot break the page at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await open(page);
    for (const [what, change] of Object.entries(hostile)) {
      await test.step(what, async () => {
        const lesson = valid();
        change(lesson);
        await importFile(page, lesson, `${"x".repeat(200)}.json`);
        await expect(card(page)).toContainText(lesson.title.replace("\u202E", "").slice(0, 5));
        for (const tab of ["Ledger", "Matrix", "Data", "Published"]) {
          await openTab(page, tab);
          await press(page, "Step forward");
          const { wide, room } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: document.documentElement.clientWidth }));
          expect(wide, `${tab}: width of the page`).toBeLessThanOrEqual(room);
        }
        expect(await page.locator("body").textContent()).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
      });
    }
    await importFile(page, "{}", `${"x".repeat(200)}.json`);
    await expect(alert(page)).toContainText("is not a lesson that can be opened");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}

test("of two lessons that are chosen quickly the last one is opened, and each is fetched once", async ({ page }) => {
  const requests = [];
  let release;
  const held = new Promise((done) => (release = done));
  await page.route(/lessons\//, async (route) => {
    requests.push(route.request().url().replace(/.*\//, ""));
    if (route.request().url().endsWith("mazur.json")) await held;
    await route.continue();
  });
  await open(page);
  await choice(page, "Lesson").selectOption({ label: "Mazur 2-2-2" });
  await openLesson(page, "Lecture 3-2-1");
  const late = page.waitForResponse(/mazur\.json/);
  release();
  await late;
  await press(page, "Next epoch");
  await expect(card(page)).toContainText("Lecture 3-2-1");
  await openLesson(page, "Mazur 2-2-2");
  await openLesson(page, "Lecture 3-2-1");
  expect(requests).toEqual(["mazur.json", "lecture-3-2-1.json"]);
});
