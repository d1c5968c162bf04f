// What HMKCode and Mazur printed, beside what the page computes.
import { openLesson, openTab } from "./lesson.js";
import { expect, open, test } from "./page.js";
import { lessonFile } from "./reference.js";

const sigmoid = (z) => 1 / (1 + Math.exp(-z));

// One printed number of each, by hand.
const byHand = {
  // out = i₁·(w₁·w₅ + w₃·w₆) + i₂·(w₂·w₅ + w₄·w₆), here by way of h₁ = 0.85 and h₂ = 0.48
  hmkcode: { quantity: "out", printed: ".191", ours: (2 * 0.11 + 3 * 0.21) * 0.14 + (2 * 0.12 + 3 * 0.08) * 0.15 },
  mazur: { quantity: "∂E/∂w₅", printed: "0.082167041", ours: mazur() },
};

// ∂E/∂w₅ = (o₁ − target) · o₁ (1 − o₁) · h₁
function mazur() {
  const h1 = sigmoid(0.15 * 0.05 + 0.2 * 0.1 + 0.35);
  const h2 = sigmoid(0.25 * 0.05 + 0.3 * 0.1 + 0.35);
  const o1 = sigmoid(0.4 * h1 + 0.45 * h2 + 0.6);
  return (o1 - 0.01) * o1 * (1 - o1) * h1;
}

for (const [file, { quantity, printed, ours }] of Object.entries(byHand)) {
  const { title, published, source } = lessonFile(file);
  const isErratum = ({ note }) => note.startsWith("Erratum");
  const nErrata = published.filter(isErratum).length;

  test(`every number that ${title} prints agrees, but for its errata`, async ({ page }) => {
    await open(page);
    await openLesson(page, title);
    await openTab(page, "Published");
    const panel = page.getByRole("tabpanel", { name: "Published" });
    const errata = nErrata === 1 ? "1 erratum" : `${nErrata} errata`;
    const summary = `${published.length - nErrata} of ${published.length} numbers agree, ${errata}`;
    // The later epochs take ten thousand updates, twice.
    await expect(panel.getByRole("status")).toHaveText(summary, { timeout: 20_000 });
    await expect(panel).toContainText(source);

    const rows = panel.getByRole("table", { name: "Published numbers" }).locator("tr.entry");
    const plain = (text) => text.replaceAll(/\s+/g, " ").trim();
    const read = await rows.evaluateAll((rows) => rows.map((row) => [...row.cells].slice(0, 3).map((cell) => {
      const copy = cell.cloneNode(true);
      for (const hidden of copy.querySelectorAll("[aria-hidden=true]")) hidden.remove();
      return copy.textContent;
    })));
    expect(read.map((cells) => cells.map(plain))).toEqual(
      published.map((entry) => [
        entry.quantity.replace(", layer by layer", "layer by layer"),
        entry.value.replace("-", "−"),
        isErratum(entry) ? "erratum" : "agrees",
      ]),
    );
    for (const { note } of published) await expect(panel.getByText(note, { exact: true }).first()).toBeVisible();

    const row = rows.filter({ has: page.getByRole("rowheader", { name: quantity, exact: true }) }).filter({ hasText: printed }).first();
    const number = Number(await row.locator("td.ours").textContent());
    expect(Math.abs(number / ours - 1)).toBeLessThan(1e-14);
  });
}

test("a lesson whose source prints nothing says so", async ({ page }) => {
  await open(page);
  await openLesson(page, lessonFile("xor").title);
  await openTab(page, "Published");
  await expect(page.getByRole("tabpanel", { name: "Published" })).toHaveText("This lesson’s source prints no numbers.");
});
