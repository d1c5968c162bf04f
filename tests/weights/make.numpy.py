"""Writes the model files of this folder that need no library but NumPy, and numpy.json: what each predicts.

Run once, by hand, in this folder: python3 make.numpy.py
"""
import json

import numpy as np

rng = np.random.default_rng(5)
found = []
x = rng.normal(size=(4, 2)).round(3)
by = f"NumPy {np.__version__}"


def add(files, sizes, inputs, outputs, by=by, **answers):
    found.append({
        "files": files, "by": by, "sizes": sizes, "answers": answers,
        "inputs": np.asarray(inputs, float).tolist(), "outputs": np.asarray(outputs, float).tolist(), "tolerance": 1e-12,
    })


def net(n_in, n_hidden, n_out):
    return [rng.normal(size=shape).round(3) for shape in [(n_hidden, n_in), n_hidden, (n_out, n_hidden), n_out]]


def tanh_then_identity(W1, b1, W2, b2):
    return np.tanh(x @ W1.T + b1) @ W2.T + b2


asks = {"hidden": "tanh", "output": "identity"}
W1, b1, W2, b2 = net(2, 3, 2)
np.savez("stored.npz", W1=W1, b1=b1, W2=W2, b2=b2)
add(["stored.npz"], [2, 3, 2], x, tanh_then_identity(W1, b1, W2, b2), **asks)
# W.T lies column by column, and has a row per unit that sends.
W1, b1, W2, b2 = net(2, 4, 1)
np.savez_compressed("deflated-turned.npz", W1=W1.T, b1=b1, W2=W2.T, b2=b2)
add(["deflated-turned.npz"], [2, 4, 1], x, tanh_then_identity(W1, b1, W2, b2), **asks)
W1, b1, W2, b2 = net(2, 3, 1)
for name, array in [("W1", W1), ("b1", b1), ("W2", W2), ("b2", b2)]:
    np.save(f"{name}.npy", array)
add(["W1.npy", "b1.npy", "W2.npy", "b2.npy"], [2, 3, 1], x, tanh_then_identity(W1, b1, W2, b2), **asks)
# Nested lists as people dump them, and as Keras's get_weights() has them.
W1, b1, W2, b2 = net(2, 3, 2)
json.dump({"W1": W1.tolist(), "b1": b1.tolist(), "W2": W2.tolist(), "b2": b2.tolist()}, open("lists.json", "w"))
add(["lists.json"], [2, 3, 2], x, tanh_then_identity(W1, b1, W2, b2), **asks)
W1, b1, W2, b2 = net(2, 4, 1)
json.dump([W1.T.tolist(), b1.tolist(), W2.T.tolist(), b2.tolist()], open("get-weights.json", "w"))
add(["get-weights.json"], [2, 4, 1], x, tanh_then_identity(W1, b1, W2, b2), by=f"{by}, as Keras's get_weights", **asks)

# A project as Backprop Builder saves it, without what stands there for its drawing.
W1, b1, W2, b2 = net(2, 2, 1)
nodes, groups = [], []
for layer, (W, b) in enumerate([(W1, b1), (W2, b2)]):
    for to in range(len(b)):
        for name, value in [(f"weight-{k}-{to}", W[to, k]) for k in range(W.shape[1])] + [(f"bias-{to}", b[to])]:
            nodes.append({"id": f"layer-{layer}/{name}", "type": "weight", "params": {"value": {"shape": [], "data": [value]}}})
        inputs = [f"input-{k}" for k in range(2)] if layer == 0 else [f"layer-0/neuron-{k}/activation" for k in range(2)]
        groups.append({
            "id": f"layer-{layer}/neuron-{to}", "kind": "neuron", "label": "Neuron",
            "nodeIds": [f"layer-{layer}/neuron-{to}/{part}" for part in ["sum", "activation"]],
            "detail": {
                "inputNodeIds": inputs, "biasNodeId": f"layer-{layer}/bias-{to}", "activation": ["relu", "identity"][layer],
                "weightNodeIds": [f"layer-{layer}/weight-{k}-{to}" for k in range(W.shape[1])],
            },
        })
json.dump({"kind": "backprop-builder-state", "version": 1, "state": {"graph": {"nodes": nodes, "groups": groups}}}, open("backprop-builder.json", "w"))
outputs = np.maximum(x @ W1.T + b1, 0) @ W2.T + b2
add(["backprop-builder.json"], [2, 2, 1], x, outputs, by=f"{by}, after a project of Backprop Builder")

json.dump(found, open("numpy.json", "w"), indent=1)
