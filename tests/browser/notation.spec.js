// Names in the notation of the reader's book, what each symbol says it is, and what a listener hears, read off the
// built page.
import { alert, button, card, choice, diagram, linkOf, openLesson, openTab, press, readLedger, set, status } from "./lesson.js";
import { expect, expectAccessible, open, test } from "./page.js";
import { lessonFile } from "./reference.js";

const hmkcode = lessonFile("hmkcode").title;
const compact = (text) => text.replace(/\s/g, "");
const formula = async (page) => compact(await card(page).getByRole("math").first().textContent());
const headings = async (page) => (await page.getByRole("table", { name: "Ledger" }).getByRole("columnheader").allTextContents()).slice(1);
const values = (ledger) => Object.values(ledger).flatMap(Object.values).filter((text) => /^[−\d.]+$/.test(text));

// ∂E/∂w₁ of HMKCode by the chain rule: of each notation the derivative, its three factors, and Δ·w₅·i₁.
const notations = [
  ["HMKCode: w₁, a, E, prediction", "∂E∂w1", "=∂E∂prediction·∂prediction∂h1·∂h1∂w1", "=Δ·w5·i1", "−a·∂E/∂w"],
  ["Török’s lecture: from 0, [l], α, L", "∂L∂w0,0[1]", "=∂L∂a0[2]·∂a0[2]∂a0[1]·∂a0[1]∂w0,0[1]", "=Δ0[2]·w0,0[2]·x0", "−α·∂L/∂w"],
  ["Nielsen: inputs are layer 1, η, C, σ", "∂C∂w112", "=∂C∂a13·∂a13∂a12·∂a12∂w112", "=δ13·w113·x1", "−η·∂C/∂w"],
  ["Goodfellow et al.: h = f(a), ŷ, ε, J", "∂J∂w11(1)", "=∂J∂y^1·∂y^1∂h1(1)·∂h1(1)∂w11(1)", "=g1(2)·w11(2)·x1", "−ε·∂J/∂w"],
  ["Ng: [l], dz, α, L", "∂L∂w11[1]", "=∂L∂a1[2]·∂a1[2]∂a1[1]·∂a1[1]∂w11[1]", "=dz1[2]·w11[2]·x1", "−α·∂L/∂w"],
  ["Rumelhart et al.: wⱼᵢ, net, o, t, θ, η", "∂E∂w31", "=∂E∂o5·∂o5∂o3·∂o3∂w31", "=−δ5·w53·o1", "−η·∂E/∂w"],
  ["Russell & Norvig: wᵢ,ⱼ from i to j, in, α", "∂L∂w1,3", "=∂L∂a5·∂a5∂a3·∂a3∂w1,3", "=−Δ5·w3,5·a1", "−α·∂L/∂w"],
];

test("each source's names stand in formula and ledger, and the numbers stay", async ({ page }) => {
  await open(page);
  await openLesson(page, hmkcode);
  await press(page, "Step forward", 10);
  const numbers = values(await readLedger(page));
  expect(await formula(page)).toContain("=Δ·w5·i1");
  for (const [label, left, chain, symbols, step] of notations) {
    await set(page, "Notation", label);
    const shown = await formula(page);
    for (const part of [left, chain, symbols, "=−0.809×0.14×2"]) expect(shown, label).toContain(part);
    expect(await headings(page), label).toContain(step);
    const ledger = await readLedger(page);
    expect(values(ledger), label).toEqual(numbers);
    for (const { product } of Object.values(ledger)) expect(product.startsWith("−"), `${label}: ${product}`).toBe(symbols.startsWith("=−"));
  }
  await expectAccessible(page);
  await set(page, "Notation", "as the lesson says");
  expect(await formula(page)).toContain("=Δ·w5·i1");
});

test("a notation stays with other lessons and tabs, over a reload, and goes with a link", async ({ page, browser }) => {
  await open(page);
  await set(page, "Notation", notations[2][0]);
  for (const name of ["mazur", "iris", "skalski", "lecture-3-2-1"]) {
    await openLesson(page, lessonFile(name).title);
    for (const tab of ["Matrix", "Data", "Weights", "Ledger"]) {
      await openTab(page, tab);
      await press(page, "Step forward");
    }
  }
  await press(page, "To start");
  await press(page, "Step forward");
  const sum = "z12=x1·w112+x2·w122+x3·w132+b12";
  expect(await formula(page)).toContain(sum);
  const link = await linkOf(page);
  await page.reload();
  await expect.poll(() => formula(page)).toContain(sum);
  const other = await (await browser.newContext()).newPage();
  await open(other, link);
  await expect.poll(() => formula(other)).toContain(sum);
  await other.close();
});

test("single names are changed by hand, live, kept, and in the link", async ({ page, browser }) => {
  await open(page);
  await openLesson(page, hmkcode);
  await press(page, "Step forward", 10);
  await button(page, "Settings").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Change single names").click();
  await choice(page, "Indices from").selectOption({ label: "0" });
  await choice(page, "Loss as").selectOption({ label: "J" });
  await choice(page, "Learning rate as").selectOption({ label: "η" });
  await dialog.getByRole("button", { name: "Close" }).click();
  const expectNames = async (page) => {
    await expect.poll(() => formula(page)).toContain("∂J∂w0");
    expect((await headings(page)).join(" ")).toContain("−η·∂J/∂w");
    expect(Object.keys(await readLedger(page))).toEqual(["w₀", "w₁", "w₂", "w₃", "w₄", "w₅"]);
  };
  await expectNames(page);
  const link = await linkOf(page);
  await page.reload();
  await expectNames(page);
  const other = await (await browser.newContext()).newPage();
  await open(other, link);
  await expectNames(other);
  await other.close();
});

test("a letter that stands for something else is refused, and its list goes back", async ({ page }) => {
  await open(page, "?lesson=hmkcode");
  await button(page, "Settings").click();
  const dialog = page.getByRole("dialog", { name: "Settings" });
  await choice(page, "Notation").selectOption({ label: "Ng: [l], dz, α, L" });
  await dialog.getByText("Change single names").click();
  await choice(page, "Learning rate as").selectOption({ label: "a" });
  await expect(choice(page, "Learning rate as").locator("option:checked")).toHaveText("unchanged");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(alert(page)).toContainText("“a” would stand for the learning rate and for an activation");
  expect((await headings(page)).join(" ")).toContain("−α·∂L/∂w");
});

test("published numbers still tick in every notation, under its names", async ({ page }) => {
  await open(page);
  await openLesson(page, lessonFile("mazur").title);
  await openTab(page, "Published");
  const summary = page.getByRole("tabpanel").getByRole("status");
  await expect(summary).not.toContainText("not compared", { timeout: 60_000 });
  const said = await summary.textContent();
  expect(said).toMatch(/agree/);
  await expect(page.getByRole("rowheader", { name: "w₅", exact: true }).first()).toBeVisible();
  for (const [label, name] of [[notations[2][0], "w₁₁³"], [notations[5][0], "w₅₃"], [notations[1][0], "w₀,₀[²]"]]) {
    await set(page, "Notation", label);
    await expect(summary).toHaveText(said);
    await expect(page.getByRole("rowheader", { name, exact: true }).first()).toBeVisible();
  }
});

test("the matrix form has the source's letters", async ({ page }) => {
  await open(page);
  await openLesson(page, lessonFile("lecture-3-2-1").title);
  await openTab(page, "Matrix");
  await press(page, "Step forward");
  const form = page.getByRole("region", { name: "Matrix form" });
  for (const [label, letters] of [[notations[2][0], "z2=W2·x+b2"], [notations[3][0], "a(1)=W(1)·x+b(1)"], [notations[1][0], "z[1]=W[1]·x+b[1]"]]) {
    await set(page, "Notation", label);
    const found = (await form.getByRole("math").allTextContents()).map(compact);
    expect(found.some((text) => text.includes(letters)), `${label}: ${found}`).toBe(true);
  }
});

test("each symbol says what it is, under the pointer and in the focus", async ({ page }) => {
  await open(page);
  await openLesson(page, hmkcode);
  await press(page, "Step forward", 6);
  const weight = "w₅: the weight from h₁ to out: what h₁ passes on is multiplied by it.";
  const drawn = await diagram(page).getByRole("spinbutton", { name: "w₅", exact: true }).boundingBox();
  await expect(diagram(page)).not.toContainText(weight);
  await page.getByRole("table", { name: "Ledger" }).getByRole("rowheader", { name: /w₅/ }).hover();
  await expect(diagram(page)).toContainText(weight);
  expect(await diagram(page).getByRole("spinbutton", { name: "w₅", exact: true }).boundingBox(), "nothing moves").toEqual(drawn);
  const delta = card(page).getByRole("button", { name: /^Δ, / });
  await expect(delta).toHaveAccessibleDescription(
    "Δ: the derivative of E by out: worked out once, it is a factor of every weight that leads there.",
  );
  await delta.focus();
  await expect(diagram(page)).toContainText("Δ: the derivative of E by out");
  await press(page, "Keyboard help");
  const help = page.getByRole("dialog");
  for (const term of ["∂", "chain rule", "paths", "minus", "epoch", "learning rate"]) {
    await expect(help.getByRole("term").filter({ hasText: term }).first()).toBeVisible();
  }
  await expectAccessible(page);
});

test.describe("by touch", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("a symbol that is tapped says what it is, in sight", async ({ page }) => {
    await open(page);
    await openLesson(page, hmkcode);
    await diagram(page).getByText("0.14", { exact: true }).or(diagram(page).getByLabel("w₅", { exact: true })).first().tap();
    const says = diagram(page).getByText("w₅: the weight from h₁ to out");
    await expect(says).toBeInViewport();
  });
});

test("a listener hears the result first, in short or in full, and which sample", async ({ page }) => {
  await open(page);
  await openLesson(page, lessonFile("hmkcode-four-points").title);
  await expect(page).toHaveTitle(`${lessonFile("hmkcode-four-points").title} – Chainrule`);
  const spoken = card(page).getByRole("status").last();
  await press(page, "Step forward");
  await expect(spoken).toHaveText(
    "Forward, step 1 of 3, sample 1 of 4. What is the weighted sum of h 1? h 1 is 0.85. In full: h 1, equals i 1 times w 1 plus i 2 times w 2, equals 2 times 0.11 plus 3 times 0.21, equals 0.85. Each input is multiplied by its weight; the products are added. h 1 is linear: it passes the sum on as it is.",
  );
  await set(page, "Speech of a step", "short: the result");
  await expect(spoken).toHaveText("Forward, step 1 of 3, sample 1 of 4: h 1 is 0.85.");
  await page.reload();
  await expect(spoken).toHaveText("Forward, step 1 of 3, sample 1 of 4: h 1 is 0.85.");
});

test("a listener hears that the network learns", async ({ page }) => {
  await open(page);
  const news = status(page, "Progress of the run");
  await expect(news).toHaveText("");
  await choice(page, "Pace").selectOption({ index: 0 });
  await button(page, "Run").click();
  await expect(news).toHaveText("Running");
  await page.keyboard.press("Escape");
});

test("a formula is heard once: by its name, and not its parts as well", async ({ page }) => {
  await open(page);
  await press(page, "Step forward");
  const math = card(page).getByRole("math").first();
  await expect(math).toHaveAccessibleName(/equals/);
  expect((await math.ariaSnapshot()).split("\n")).toHaveLength(1);
  // What takes formulas apart finds what each part means.
  await expect(math.locator("msub[intent]").first()).toHaveAttribute("intent", "indexed-by:infix($base,$index)");
});
