// Writes the model files of this folder that libraries of JavaScript write, and node.json: what each predicts.
//
// Run once, by hand, where these are installed (npm install --ignore-scripts): @tensorflow/tfjs-core,
// @tensorflow/tfjs-layers, @tensorflow/tfjs-backend-cpu, brain1@npm:brain.js@1.6.1, brain2@npm:brain.js@2.0.0-beta.24
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";

const require = createRequire(`${process.cwd()}/`);
const folder = new URL(".", import.meta.url).pathname;
const found = [];
const save = (name, content) => writeFileSync(folder + name, content);
const version = (name) => require(`${name}/package.json`).version;
const xor = [[0, 0], [0, 1], [1, 0], [1, 1]];

for (const [edition, hidden] of [["brain1", [3]], ["brain2", [3, 3]]]) {
  const brain = require(edition);
  for (const activation of ["sigmoid", "tanh"]) {
    const net = new brain.NeuralNetwork({ hiddenLayers: hidden, activation });
    net.train(xor.map(([a, b]) => ({ input: [a, b], output: [a ^ b] })), { iterations: 200 });
    const name = `${edition}-${activation}.json`;
    save(name, JSON.stringify(net.toJSON()));
    found.push({ files: [name], by: `brain.js ${version(edition)}`, sizes: [2, ...hidden, 1], answers: {}, inputs: xor, outputs: xor.map((x) => [...net.run(x)]), tolerance: 1e-6 });
  }
  // Inputs and outputs by their names.
  const net = new brain.NeuralNetwork({ hiddenLayers: [2] });
  const colours = [{ r: 0.03, g: 0.7, b: 0.5 }, { r: 0.16, g: 0.09, b: 0.2 }, { r: 0.5, g: 0.5, b: 1 }];
  net.train(colours.map((input, k) => ({ input, output: k ? { white: 1 } : { black: 1 } })), { iterations: 200 });
  const name = `${edition}-names.json`;
  save(name, JSON.stringify(net.toJSON()));
  const outputs = colours.map((input) => { const { black, white } = net.run(input); return [black, white]; });
  found.push({ files: [name], by: `brain.js ${version(edition)}`, sizes: [3, 2, 2], answers: {}, names: [["r", "g", "b"], ["black", "white"]], inputs: colours.map(({ r, g, b }) => [r, g, b]), outputs, tolerance: 1e-6 });
}

const tf = require("@tensorflow/tfjs-core");
require("@tensorflow/tfjs-backend-cpu");
const layers = require("@tensorflow/tfjs-layers");
await tf.setBackend("cpu");
const model = layers.sequential({ layers: [
  layers.layers.dense({ inputShape: [2], units: 3, activation: "tanh", biasInitializer: "randomNormal" }),
  layers.layers.dropout({ rate: 0.5 }),
  layers.layers.dense({ units: 3, useBias: false }),
  layers.layers.reLU(),
  layers.layers.dense({ units: 2, activation: "softmax", biasInitializer: "randomNormal" }),
] });
await model.save(tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData, format, generatedBy }) => {
  save("weights.bin", Buffer.from(weightData));
  save("model.json", JSON.stringify({ modelTopology, format, generatedBy, convertedBy: null, weightsManifest: [{ paths: ["./weights.bin"], weights: weightSpecs }] }));
  return { modelArtifactsInfo: {} };
}));
found.push({ files: ["model.json", "weights.bin"], by: `TensorFlow.js ${version("@tensorflow/tfjs-layers")}`, sizes: [2, 3, 3, 2], answers: {}, inputs: xor, outputs: await model.predict(tf.tensor2d(xor)).array(), tolerance: 1e-6 });
save("node.json", `${JSON.stringify(found, null, 1)}\n`);
