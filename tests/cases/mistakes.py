#!/usr/bin/env python3
"""Makes mistakes.json: what each known mistake leads to, by plain loops over numbers.

Shares nothing with the program but the lesson files. Three lessons: one sample and no biases, several
outputs behind sigmoids, and four samples with biases and momentum.

    python3 tests/cases/mistakes.py > tests/cases/mistakes.json
"""

import json
import math
import os

HERE = os.path.dirname(os.path.abspath(__file__))
MISTAKES = [
    "none", "layer_by_layer", "no_slope", "sign_flipped", "sum_for_mean", "two_for_half", "bias_not_updated",
    "rounded",
]
N_UPDATES = 5


def g(kind, z):
    return 1 / (1 + math.exp(-z)) if kind == "sigmoid" else z


def slope(kind, a):
    return a * (1 - a) if kind == "sigmoid" else 1.0


def forward(layers, x):
    values = [x]
    for kind, weights, biases in layers:
        before = values[-1]
        values.append([
            g(kind, sum(w * b for w, b in zip(row, before)) + (biases[i] if biases else 0))
            for i, row in enumerate(weights)
        ])
    return values


def loss(layers, data):
    total = 0
    for x, y in data:
        total += sum((a - t) ** 2 / 2 for a, t in zip(forward(layers, x)[-1], y))
    return total / len(data)


def round_half_away(x):
    return math.copysign(math.floor(abs(x) * 100 + 0.5) / 100, x)


def update(layers, velocity, lesson, mistake):
    """New layers and velocities after one update with all samples."""
    data = list(zip(lesson["data"]["inputs"], lesson["data"]["targets"]))
    eta, mu = lesson["optimizer"]["learning_rate"], lesson["optimizer"].get("momentum", 0)
    trains = lesson["network"].get("train_biases", True) and mistake != "bias_not_updated"
    divisor = 1 if mistake == "sum_for_mean" else len(data)
    passes = [forward(layers, x) for x, _ in data]
    new = [None] * len(layers)
    back = []
    for values, (_, y) in zip(passes, data):
        two = 2 if mistake == "two_for_half" else 1
        back.append([two * (a - t) for a, t in zip(values[-1], y)])
    for l in reversed(range(len(layers))):
        kind, weights, biases = layers[l]
        deltas = []
        for values, upstream in zip(passes, back):
            factor = [1.0 if mistake == "no_slope" else slope(kind, a) for a in values[l + 1]]
            deltas.append([u * f for u, f in zip(upstream, factor)])

        def step(w, gradient, v):
            v = mu * v + gradient
            w = w + eta * v if mistake == "sign_flipped" else w - eta * v
            return (round_half_away(w) if mistake == "rounded" else w), v

        new_weights, new_biases = [], []
        for i, row in enumerate(weights):
            made = []
            for j, w in enumerate(row):
                gradient = sum(d[i] * values[l][j] for d, values in zip(deltas, passes)) / divisor
                w, velocity[l][0][i][j] = step(w, gradient, velocity[l][0][i][j])
                made.append(w)
            new_weights.append(made)
        for i, b in enumerate(biases or []):
            gradient = sum(d[i] for d in deltas) / divisor
            if trains:
                b, velocity[l][1][i] = step(b, gradient, velocity[l][1][i])
            new_biases.append(b)
        new[l] = (kind, new_weights, new_biases if biases else None)
        through = new_weights if mistake == "layer_by_layer" else weights
        back = [
            [sum(d[i] * through[i][j] for i in range(len(d))) for j in range(len(through[0]))] for d in deltas
        ]
    return new


def after(lesson, mistake):
    layers = [
        (layer["activation"], layer["weights"], layer.get("biases")) for layer in lesson["network"]["layers"]
    ]
    velocity = [([[0.0] * len(row) for row in w], [0.0] * len(b or [])) for _, w, b in layers]
    data = list(zip(lesson["data"]["inputs"], lesson["data"]["targets"]))
    losses = [loss(layers, data)]
    first = None
    for _ in range(N_UPDATES):
        layers = update(layers, velocity, lesson, mistake)
        first = first or layers
        losses.append(loss(layers, data))
    numbers = [x for _, w, b in first for x in [x for row in w for x in row] + (b or [])]
    return {"losses": losses, "first": numbers}


def main():
    made = {}
    for name in ["hmkcode", "mazur", "xor"]:
        with open(os.path.join(HERE, "../../static/lessons", name + ".json")) as file:
            lesson = json.load(file)
        made[name] = {mistake: after(lesson, mistake) for mistake in MISTAKES}
    print(json.dumps(made, indent=1))


main()
