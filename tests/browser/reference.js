// Numbers that the page must agree with, none of them the page's own: a small network in plain
// JavaScript, the golden files, and the built-in lessons' files.
import { readFileSync } from "node:fs";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

// A golden file's lesson with what an independent program computes from it.
export const golden = (name) => read(`../golden/${name}.json`);

// A built-in lesson's file.
export const lessonFile = (name) => read(`../../static/lessons/${name}.json`);

// What one epoch of gradient descent on half the squared error does, all samples in one batch.
// Each layer: {weights, biases, activation}; gradients and new layers are of the same form.
export function epoch({ network, data, optimizer }) {
  const { layers, train_biases = true } = network;
  const gradients = layers.map(({ weights, biases }) => ({ weights: weights.map((row) => row.map(() => 0)), biases: biases?.map(() => 0) }));
  const n = data.inputs.length;
  let loss = 0;
  data.inputs.forEach((input, s) => {
    const a = [input];
    for (const layer of layers) a.push(layer.weights.map((row, i) => activate(layer, dot(row, a.at(-1)) + (layer.biases?.[i] ?? 0))));
    const error = a.at(-1).map((out, i) => out - data.targets[s][i]);
    loss += error.reduce((sum, e) => sum + (e * e) / 2, 0) / n;
    let back = error;
    for (let l = layers.length - 1; l >= 0; l -= 1) {
      const delta = back.map((d, i) => d * slope(layers[l], a[l + 1][i]));
      delta.forEach((d, i) => a[l].forEach((x, j) => (gradients[l].weights[i][j] += (d * x) / n)));
      if (gradients[l].biases) delta.forEach((d, i) => (gradients[l].biases[i] += d / n));
      back = a[l].map((_, j) => dot(delta, layers[l].weights.map((row) => row[j])));
    }
  });
  const moved = (x, g) => x - optimizer.learning_rate * g;
  const updated = layers.map((layer, l) => ({
    ...layer,
    weights: layer.weights.map((row, i) => row.map((w, j) => moved(w, gradients[l].weights[i][j]))),
    biases: layer.biases?.map((b, i) => (train_biases ? moved(b, gradients[l].biases[i]) : b)) ?? null,
  }));
  return { loss, gradients, updated };
}

const dot = (xs, ys) => xs.reduce((sum, x, k) => sum + x * ys[k], 0);
const activate = ({ activation }, z) => (activation === "sigmoid" ? 1 / (1 + Math.exp(-z)) : z);
const slope = ({ activation }, a) => (activation === "sigmoid" ? a * (1 - a) : 1);

// The lesson after `n` epochs.
export function after(lesson, n) {
  let now = lesson;
  for (let k = 0; k < n; k += 1) now = { ...now, network: { ...now.network, layers: epoch(now).updated } };
  return now;
}

// Every weight and bias by its name on the page: w₁ … numbered row by row, or w₁₁⁽¹⁾ by indices.
export function named(layers, notation = "numbered") {
  const result = {};
  const [n, m] = [counter(), counter()];
  layers.forEach(({ weights, biases }, l) => {
    const layer = `⁽${raised(l + 1)}⁾`;
    weights.forEach((row, i) =>
      row.forEach((w, j) => (result[notation === "numbered" ? `w${lowered(n())}` : `w${lowered(i + 1)}${lowered(j + 1)}${layer}`] = w)),
    );
    biases?.forEach((b, i) => (result[notation === "numbered" ? `b${lowered(m())}` : `b${lowered(i + 1)}${layer}`] = b));
  });
  return result;
}

const counter = (n = 0) => () => (n += 1);
const shifted = (digits) => (n) => String(n).replace(/./g, (c) => (c === "-" ? "⁻" : digits[c]));
const lowered = shifted("₀₁₂₃₄₅₆₇₈₉");
const raised = shifted("⁰¹²³⁴⁵⁶⁷⁸⁹");

// A number as the page writes it: so many significant digits, no trailing zeros, a true minus sign,
// and a power of ten below 0.0001 and from 10000 (or what the digits reach) on. Fifteen digits first:
// what they write as a half is one, and is rounded away from zero.
export function shown(x, digits = 5) {
  const [written, power] = Math.abs(x).toExponential(14).split("e");
  const isHalf = /^50*$/.test(written.replace(".", "").slice(digits));
  const size = Number(isHalf ? `${written}1e${power}` : Math.abs(x));
  const rounded = Number(size.toPrecision(digits));
  let text = String(rounded);
  if (rounded !== 0 && (rounded < 1e-4 || 10 ** Math.max(digits, 4) <= rounded)) {
    const [mantissa, exponent] = size.toExponential(digits - 1).split("e");
    text = `${Number(mantissa)}×10${raised(Number(exponent))}`;
  }
  return x < 0 && rounded !== 0 ? `−${text}` : text;
}
