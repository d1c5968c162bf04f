"""Writes the model files of this folder that libraries of Python write, and python.json: what each predicts.

Run once, by hand: pip install numpy safetensors scikit-learn onnx skl2onnx; python make.py
The files are kept, since the libraries are larger than what is tested with them. What NumPy alone writes is written
in the test run (tests/weights.rs).
"""
import json
import sys
import warnings

import numpy as np
import onnx
import safetensors
import sklearn
import skl2onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator
from safetensors.numpy import save_file
from sklearn.neural_network import MLPClassifier, MLPRegressor

warnings.simplefilter("ignore")
found = []
rng = np.random.default_rng(7)


def add(file, by, sizes, inputs, outputs, tolerance, **answers):
    found.append({
        "files": [file], "by": by, "sizes": sizes, "answers": answers,
        "inputs": np.asarray(inputs, float).tolist(), "outputs": np.asarray(outputs, float).tolist(), "tolerance": tolerance,
    })


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def layers(sizes, kind):
    pairs = zip(sizes, sizes[1:])
    return [(rng.normal(size=(m, n)).round(2).astype(kind), rng.normal(size=m).round(2).astype(kind)) for n, m in pairs]


def passed(net, x, hidden, output):
    a = np.asarray(x, float)
    for k, (w, b) in enumerate(net):
        # What is meant by a decimal in fewer bits.
        w, b = (np.array([float(str(v)) for v in t.ravel()]).reshape(t.shape) if t.dtype == np.float32 else t.astype(float) for t in (w, b))
        z = a @ w.T + b
        a = (output if k == len(net) - 1 else hidden)(z)
    return a


relu = lambda z: np.maximum(z, 0)
x = rng.normal(size=(5, 2)).round(3)

# PyTorch itself is not here: what json.dump({k: v.tolist() for k, v in state.items()}) writes of an nn.Sequential.
net = layers([2, 3, 1], np.float32)
state = {f"{2 * k}.{name}": t.tolist() for k, pair in enumerate(net) for name, t in zip(["weight", "bias"], pair)}
json.dump(state, open("torch-state.json", "w"))
add("torch-state.json", f"NumPy {np.__version__}, as PyTorch's tolist", [2, 3, 1], x, passed(net, x, np.tanh, sigmoid), 1e-12, hidden="tanh", output="sigmoid")

# Sorted by name: fc10 stands before fc2.
net = layers([2, 4, 4, 2], np.float32)
names = ["fc1", "fc2", "fc10"]
save_file({f"{n}.{part}": t for n, pair in zip(names, net) for part, t in zip(["weight", "bias"], pair)}, "float32.safetensors", metadata={"format": "pt"})
add("float32.safetensors", f"safetensors {safetensors.__version__}", [2, 4, 4, 2], x, passed(net, x, relu, lambda z: z), 1e-12, hidden="relu", output="identity")
net = layers([2, 3, 1], np.float16)
save_file({f"net.{k}.{part}": t for k, pair in enumerate(net) for part, t in zip(["weight", "bias"], pair)}, "float16.safetensors")
add("float16.safetensors", f"safetensors {safetensors.__version__}", [2, 3, 1], x, passed(net, x, np.tanh, lambda z: z), 1e-12, hidden="tanh", output="identity")

# scikit-learn, by its attributes.
features = rng.normal(size=(60, 4)).round(2)
classes = (features[:, 0] + features[:, 1] > 0).astype(int) + (features[:, 2] > 0.5)


def attributes(model):
    return {
        "coefs_": [w.tolist() for w in model.coefs_], "intercepts_": [b.tolist() for b in model.intercepts_],
        "activation": model.activation, "out_activation_": model.out_activation_,
    }


by = f"scikit-learn {sklearn.__version__}"
models = {
    "classes": (MLPClassifier(hidden_layer_sizes=(3,), activation="tanh", max_iter=80, random_state=1).fit(features, classes), [4, 3, 3]),
    "yes-or-no": (MLPClassifier(hidden_layer_sizes=(4, 4), activation="relu", max_iter=80, random_state=2).fit(features, classes > 0), [4, 4, 4, 1]),
    "regression": (MLPRegressor(hidden_layer_sizes=(5,), activation="logistic", max_iter=80, random_state=3).fit(features, features @ [1, 2, 3, 4]), [4, 5, 1]),
}
for name, (model, sizes) in models.items():
    if name == "regression":
        outputs = model.predict(features[:5])[:, None]
    else:
        outputs = model.predict_proba(features[:5])[:, -sizes[-1]:]
    json.dump(attributes(model), open(f"scikit-learn-{name}.json", "w"))
    add(f"scikit-learn-{name}.json", by, sizes, features[:5], outputs, 1e-12)
    if name != "regression":
        options = {"zipmap": False}
        graph = skl2onnx.to_onnx(model, features[:1].astype(np.float32), options=options)
        open(f"skl2onnx-{name}.onnx", "wb").write(graph.SerializeToString())
        add(f"skl2onnx-{name}.onnx", f"skl2onnx {skl2onnx.__version__}", sizes, features[:5], outputs, 1e-6)

# Gemm with the weights as PyTorch exports them, and one as Keras does; LeakyRelu and Softmax.
net = layers([2, 3, 3, 2], np.float32)
stored = [
    numpy_helper.from_array(net[0][0], "fc1.weight"), numpy_helper.from_array(net[0][1], "fc1.bias"),
    numpy_helper.from_array(np.ascontiguousarray(net[1][0].T), "fc2.kernel"),
    helper.make_tensor("fc3.weight", TensorProto.FLOAT, net[2][0].shape, net[2][0].ravel().tolist()), numpy_helper.from_array(net[2][1], "fc3.bias"),
]
nodes = [
    helper.make_node("Gemm", ["x", "fc1.weight", "fc1.bias"], ["z1"], transB=1, alpha=1.0, beta=1.0),
    helper.make_node("LeakyRelu", ["z1"], ["a1"], alpha=0.01),
    helper.make_node("MatMul", ["a1", "fc2.kernel"], ["z2"]),
    helper.make_node("Sigmoid", ["z2"], ["a2"]),
    helper.make_node("Gemm", ["a2", "fc3.weight", "fc3.bias"], ["z3"], transB=1),
    helper.make_node("Softmax", ["z3"], ["y"], axis=1),
]
value = lambda name, n: helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, n])
model = helper.make_model(helper.make_graph(nodes, "net", [value("x", 2)], [value("y", 2)], stored), opset_imports=[helper.make_opsetid("", 17)])
onnx.checker.check_model(model)
onnx.save(model, "gemm.onnx")
outputs = ReferenceEvaluator(model).run(None, {"x": x.astype(np.float32)})[0]
add("gemm.onnx", f"onnx {onnx.__version__}", [2, 3, 3, 2], x, outputs, 1e-6)

json.dump(found, open("python.json", "w"), indent=1)
print(sys.version, [entry["files"] for entry in found])
