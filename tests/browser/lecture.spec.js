// The lecture that the page accompanies, page by page: each is brought up from its lesson as it opens by at
// most three keys or clicks, with the formulas of that page and the numbers of the lesson.
import { button, card, choice, openLesson, stepBy } from "./lesson.js";
import { expect, open, test } from "./page.js";
import { epoch, lessonFile, shown } from "./reference.js";

// What counts as one key or click.
const key = (name) => (page) => page.keyboard.press(name);
// What opens below a step's formula, once the step is there.
const opened = (digit) => async (page) => {
  await expect(card(page).getByRole("group", { name: "More about this step" })).toBeVisible();
  await page.keyboard.press(digit);
};
const click = (name) => (page) => button(page, name).first().click();
const tab = (name) => (page) => page.getByRole("tab", { name, exact: true }).click();
const grain = (name) => (page) => stepBy(page, name);
const row = (page, name) => page.getByRole("row").filter({ has: button(page, name) }).first();
// A derivative or a new weight in the ledger, which leads to its step.
const derivative = (name) => (page) => row(page, name).getByRole("cell").nth(2).click();
const update = (name) => (page) => row(page, name).getByRole("cell").nth(4).click();

const { layers: h } = lessonFile("hmkcode").network;
const hmkcode = (() => {
  const [[w1, w2], [w3, w4]] = h[0].weights;
  const [[w5, w6]] = h[1].weights;
  const [i1, i2, target, a] = [2, 3, 1, 0.05];
  const [h1, h2] = [i1 * w1 + i2 * w2, i1 * w3 + i2 * w4];
  const out = h1 * w5 + h2 * w6;
  const delta = out - target;
  const gradients = [i1 * delta * w5, i2 * delta * w5, i1 * delta * w6, i2 * delta * w6, h1 * delta, h2 * delta];
  const weights = [w1, w2, w3, w4, w5, w6];
  return { h1, h2, out, delta, error: delta ** 2 / 2, gradients, updated: weights.map((w, k) => w - a * gradients[k]) };
})();

// The 3-2-1 network of the lecture, whose units are sigmoid but for what its file says.
const lecture = (() => {
  const { network, data } = lessonFile("lecture-3-2-1");
  const units = { sigmoid: (z) => 1 / (1 + Math.exp(-z)), identity: (z) => z, tanh: Math.tanh };
  const a = [data.inputs[0]];
  const z = network.layers.map(({ weights, biases, activation }) => {
    const sums = weights.map((row, i) => row.reduce((sum, w, j) => sum + w * a.at(-1)[j], 0) + (biases?.[i] ?? 0));
    a.push(sums.map(units[activation]));
    return sums;
  });
  return { z, a };
})();
// A number as it is spoken.
const spoken = (x) => shown(x).replace("−", "negative ");

const THREE_TWO_ONE = "Lecture 3-2-1";
const HMKCODE = "HMKCode 2-2-1";

// The matrix form of the phase.
const matrices = (page) => page.getByRole("region", { name: "Matrix form" });
// Which way matrices lie is chosen once; the page keeps it.
const asInTheLecture = async (page) => {
  await tab("Matrix")(page);
  await choice(page, "Orientation").selectOption({ label: "z = Wᵀ a: rows send" });
  await tab("Ledger")(page);
};

const pages = [
  {
    name: "model",
    lesson: THREE_TWO_ONE,
    ways: [key("ArrowRight"), opened("2")],
    formulas: [/^z i of layer l equals the sum over j of a j of layer l−1 times w ij of layer l plus b i of layer l$/, `equals ${spoken(lecture.z[0][0])}.`],
  },
  {
    name: "feed forward, the hidden layer",
    lesson: THREE_TWO_ONE,
    ways: [grain("layer"), key("ArrowRight")],
    formulas: [
      "z 1 of layer 1, equals x 1 times w 1 1 of layer 1 plus x 2 times w 1 2 of layer 1 plus x 3 times w 1 3 of layer 1 plus b 1 of layer 1",
      ...[0, 1].map((k) => `equals ${spoken(lecture.z[0][k])}.`),
      ...[0, 1].map((k) => `equals ${spoken(lecture.a[1][k])}.`),
    ],
  },
  {
    name: "feed forward, the output",
    lesson: THREE_TWO_ONE,
    ways: [grain("layer"), key("ArrowRight"), key("ArrowRight")],
    formulas: [
      "z 1 of layer 2, equals a 1 of layer 1 times w 1 1 of layer 2 plus a 2 of layer 1 times w 1 2 of layer 2 plus b 1 of layer 2",
      `equals ${spoken(lecture.a[2][0])}.`,
    ],
  },
  {
    name: "backpropagation",
    lesson: THREE_TWO_ONE,
    ways: [update("w₁₁⁽¹⁾"), opened("2")],
    formulas: [/^new w ij of layer l equals w ij of layer l minus learning rate alpha times the derivative of L by w ij of layer l$/],
  },
  {
    name: "chain rule, for a weight",
    lesson: THREE_TWO_ONE,
    ways: [derivative("w₁₁⁽²⁾"), opened("2")],
    formulas: [
      /^the derivative of L by w ij of layer l equals the derivative of L by a i of layer l, times g prime of z i of layer l times a j of layer l−1$/,
    ],
  },
  {
    name: "chain rule, through the layer behind",
    lesson: THREE_TWO_ONE,
    ways: [derivative("b₁⁽²⁾"), key("ArrowRight"), opened("2")],
    formulas: [/^the derivative of L by a i of layer l equals the sum over k of .*w ki of layer l\+1$/],
  },
  {
    name: "weights, feed-forward, error",
    lesson: HMKCODE,
    ways: [key("End"), key("End")],
    formulas: [`equals ${spoken(hmkcode.error)}.`, "open parenthesis out minus target close parenthesis squared"],
    texts: (page) => [
      [page.getByRole("region", { name: "Network diagram" }), ["0.85", "0.48", "0.191", shown(hmkcode.error)]],
    ],
  },
  {
    name: "prediction function",
    lesson: HMKCODE,
    ways: [key("End"), opened("4"), click("All")],
    formulas: [
      `out, equals h 1 times w 5 plus h 2 times w 6, equals 0.85 times 0.14 plus 0.48 times 0.15, equals ${spoken(hmkcode.out)}.`,
      /^out equals open parenthesis i 1 times w 1 plus i 2 times w 2 close parenthesis times w 5 plus open parenthesis i 1 times w 3 plus i 2 times w 4 close parenthesis times w 6, equals 0\.191$/,
    ],
  },
  {
    name: "gradient descent",
    lesson: HMKCODE,
    ways: [update("w₆")],
    formulas: [`new w 6, equals w 6 minus learning rate a times the derivative of E by w 6, equals 0.15 minus 0.05 times ${spoken(hmkcode.gradients[5])}, equals ${spoken(hmkcode.updated[5])}.`],
  },
  {
    name: "chain rule, w₆",
    lesson: HMKCODE,
    ways: [derivative("w₆"), opened("1")],
    formulas: [
      "equals the derivative of E by out, times the derivative of out by w 6",
      "equals the derivative of one half times open parenthesis out minus target close parenthesis squared by out times the derivative of open parenthesis open parenthesis i 1 times w 1 plus i 2 times w 2 close parenthesis times w 5 plus open parenthesis i 1 times w 3 plus i 2 times w 4 close parenthesis times w 6 close parenthesis by w 6",
      "equals 2 times one half times open parenthesis out minus target close parenthesis times the derivative of open parenthesis out minus target close parenthesis by out times open parenthesis i 1 times w 3 plus i 2 times w 4 close parenthesis",
      "equals delta times h 2",
      `equals ${spoken(hmkcode.delta)} times 0.48, equals ${spoken(hmkcode.gradients[5])}`,
    ],
  },
  {
    name: "w₅",
    lesson: HMKCODE,
    ways: [derivative("w₅"), opened("1")],
    formulas: ["equals delta times h 1", `equals ${spoken(hmkcode.delta)} times 0.85, equals ${spoken(hmkcode.gradients[4])}`],
  },
  {
    name: "chain rule, w₁",
    lesson: HMKCODE,
    ways: [derivative("w₁"), opened("1")],
    formulas: [
      "equals the derivative of E by out, times the derivative of out by h 1, times the derivative of h 1 by w 1",
      "equals 2 times one half times open parenthesis out minus target close parenthesis times the derivative of open parenthesis out minus target close parenthesis by out times w 5 times i 1",
      "equals delta times w 5 times i 1",
      `equals ${spoken(hmkcode.delta)} times 0.14 times 2, equals ${spoken(hmkcode.gradients[0])}`,
    ],
  },
  {
    name: "summarized",
    lesson: HMKCODE,
    ways: [grain("phase"), update("w₆")],
    formulas: hmkcode.updated.map((w, k) => `new w ${k + 1}, equals w ${k + 1} minus learning rate a times the derivative of E by w ${k + 1}, equals ${h[k < 4 ? 0 : 1].weights.flat()[k < 4 ? k : k - 4]} minus 0.05 times ${spoken(hmkcode.gradients[k])}, equals ${spoken(w)}.`),
  },
  {
    name: "matrix form",
    lesson: HMKCODE,
    before: asInTheLecture,
    ways: [update("w₆"), tab("Matrix"), click("Write Δ out")],
    formulas: [],
    texts: (page) => [
      [matrices(page), hmkcode.updated.map((w) => shown(w))],
      // [a·i₁·Δ·w₅ …], and its numbers.
      [matrices(page), [2, 3].flatMap((input) => h[1].weights[0].map((w) => shown(0.05 * input * hmkcode.delta * w)))],
    ],
    spoken: [
      "the 2 by 2 matrix w 1, w 3; w 2, w 4 minus learning rate a times delta times the 2 by 1 matrix i 1; i 2 times the 1 by 2 matrix w 5, w 6",
      "minus the 2 by 2 matrix learning rate a times i 1 times delta times w 5, learning rate a times i 1 times delta times w 6; learning rate a times i 2 times delta times w 5, learning rate a times i 2 times delta times w 6",
      "the 2 by 1 matrix w 5; w 6 minus learning rate a times delta times the 2 by 1 matrix h 1; h 2, equals the 2 by 1 matrix w 5; w 6 minus the 2 by 1 matrix learning rate a times h 1 times delta; learning rate a times h 2 times delta",
    ],
  },
  {
    name: "multiple data points",
    lesson: "HMKCode, four data points",
    ways: [tab("Ledger"), update("w₁"), tab("Matrix")],
    formulas: ["new w 1, equals w 1 minus learning rate a times the derivative of E by w 1"],
    texts: (page) => [[matrices(page), epoch(lessonFile("hmkcode-four-points")).gradients.flatMap(({ weights }) => weights.flat()).map((g) => shown(g))]],
  },
  {
    name: "how many layers?",
    lesson: "One hidden layer learns a sine",
    ways: [tab("Plot"), click("Run")],
    formulas: [],
    texts: (page) => [[page.getByRole("tabpanel", { name: "Plot" }), ["across x"]]],
  },
];

for (const { name, lesson, before, ways, formulas, texts, spoken: said = [] } of pages) {
  test(`the lecture’s page “${name}”`, async ({ page }) => {
    expect(ways.length).toBeLessThanOrEqual(3);
    await open(page);
    await openLesson(page, lesson);
    await before?.(page);
    for (const way of ways) await way(page);
    for (const formula of formulas) await expect(card(page).getByRole("math", { name: formula }).first()).toBeAttached();
    for (const [place, parts] of texts?.(page) ?? []) for (const part of parts) await expect(place).toContainText(part);
    for (const formula of said) await expect(matrices(page).getByRole("math", { name: formula }).first()).toBeAttached();
  });
}
