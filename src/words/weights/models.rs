//! What models of other programs have that is not read, and what to do.

sentences! {
    /// A model of Keras.
    fn keras_without_weights() => "The file has the layers of a Keras model without its weights. In Python: json.dump({w.path: w.numpy().tolist() for w in model.weights}, open(\"weights.json\", \"w\")).";

    /// A network of brain.js.
    fn brain_js_type(kind) => "The file is a brain.js network of the type “{kind}”: only NeuralNetwork is fully connected.";
    /// A network of brain.js.
    fn not_trained() => "The network has no layers: train it before it is saved.";
    /// A layer of brain.js.
    fn not_every_weight(layer) => "“{layer}” has no weights from every unit before to every unit, with a bias each.";

    /// A neuron of Backprop Builder.
    fn not_in_a_layer(neuron) => "“{neuron}” does not take all units of one layer, or not with the activation of the others beside it: only fully connected layers can be shown here.";
    /// A project of Backprop Builder.
    fn no_neurons_in_layers() => "The project has no neurons that follow each other in layers: only fully connected layers can be shown here.";
    /// A neuron of Backprop Builder.
    fn no_weighted_inputs(neuron) => "The neuron “{neuron}” has no inputs with a weight each.";

    /// A model of TensorFlow.js.
    fn graph_not_layers() => "The file is a TensorFlow.js graph, not a model of layers: save it as a layers model, model.save(…).";
    /// A model of TensorFlow.js.
    fn no_dense_layer() => "The model has no Dense layer.";
    /// A layer of TensorFlow.js.
    fn other_weights(layer) => "The weights of the layer “{layer}” are not those that it needs.";
    /// A layer of TensorFlow.js, and its class.
    fn other_layer(layer, class) => "The layer “{layer}” is a “{class}”: only Dense layers can be shown here.";
    /// An activation of TensorFlow.js.
    fn activation_follows_none(activation) => "The activation “{activation}” follows no layer without one.";
    /// A file of TensorFlow.js.
    fn numbers_without_model(file) => "“{file}” holds the numbers of a TensorFlow.js model: choose or drop its model.json with it.";
    /// A file of TensorFlow.js.
    fn numbers_in_other_file(file) => "The weights of this TensorFlow.js model are in the file “{file}”: choose or drop both files together.";
    /// A model of TensorFlow.js.
    fn more_tensors_than(most) => "The model has more than {most} tensors.";
    /// A tensor of TensorFlow.js.
    fn quantized(name) => "“{name}” is stored in fewer bits than float32: save the model without quantization.";
    /// A tensor of TensorFlow.js.
    fn no_shape(name) => "The shape of “{name}” is none.";
    /// A tensor of TensorFlow.js.
    fn weights_break_off(name) => "The file of the weights breaks off at “{name}”: it belongs to another model, or is cut.";

    /// A model of ONNX.
    fn too_many_tensors(n, most) => "The model has {n} tensors, at most {most} are accepted.";
    /// A model of ONNX.
    fn too_many_nodes(n, most) => "The graph has {n} nodes, at most {most} are accepted.";
    /// A model of ONNX.
    fn too_many_inputs(n) => "The model takes {n} inputs: one is read.";
    /// A model of ONNX.
    fn takes_other_input(other, one) => "The model takes “{other}” beside “{one}”: one input is read.";
    /// A model of ONNX.
    fn no_layers() => "The model has no Gemm or MatMul: only fully connected layers can be shown here.";
    /// A value of ONNX.
    fn scaled_or_turned(value) => "The Gemm that makes “{value}” is scaled or turns its input: neither is read.";
    /// A tensor of ONNX.
    fn no_stored_matrix(name) => "“{name}” is no matrix that is stored in the file.";
    /// A tensor of ONNX.
    fn added_elsewhere(name) => "“{name}” is added where no biases of a layer are: only fully connected layers can be shown here.";
    /// A value of ONNX, and the operator that makes it.
    fn made_otherwise(value, operator) => "“{value}” is made by “{operator}” in a way that no fully connected layer has: Gemm, or MatMul and Add, one behind the other are read, with the activation functions of the page.";
    /// A file of ONNX.
    fn onnx_is_damaged() => "The file is no ONNX model, or is damaged: save or download it again.";
    /// A tensor of ONNX.
    fn in_other_file(name) => "The numbers of “{name}” are in another file: save the model in one.";
    /// A tensor of ONNX.
    fn kind_not_read(name) => "“{name}” holds numbers of a kind that is not read: save them as floats.";
}
