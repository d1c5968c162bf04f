//! What is wrong with a file of numbers, and what to do.

sentences! {
    /// No file.
    fn none_given() => "No file was given.";
    /// A file of JSON.
    fn too_many_values(n, most) => "The file has more than {n} values: a network has at most {most} weights and biases here.";
    /// A file of JSON, and what its reader says of it.
    fn not_json(error) => "The file is not JSON: {error}.";
    /// A file of JSON.
    fn too_many_lists(most) => "The file has more than {most} matrices and lists of biases.";
    /// A part of JSON.
    fn no_list_of_numbers(name) => "“{name}” is no list of numbers, nor lists of them that are all as long.";

    /// An array of NumPy.
    fn breaks_off(name) => "“{name}” breaks off: save or download it again.";
    /// An array of NumPy.
    fn no_array(name) => "“{name}” is no NumPy array.";
    /// An array of NumPy.
    fn no_header(name) => "The header of “{name}” is no header of a NumPy array.";
    /// An array of NumPy, and the kind of its numbers.
    fn several_kinds(name, kind) => "“{name}” holds “{kind}”, and not numbers of one kind: save each matrix by itself, numpy.savez(file, W1=W1, b1=b1).";
    /// What to do with an array of NumPy that cannot be weights.
    fn if_samples() => "If the array is a table of samples, save it as CSV: numpy.savetxt(\"table.csv\", array, delimiter=\",\").";

    /// A zip archive.
    fn too_many_files(n, most) => "The archive has {n} files, at most {most} are accepted.";
    /// A file of a zip archive.
    fn too_large_unpacked(name) => "“{name}” would be too large unpacked.";
    /// A file of a zip archive.
    fn packed_otherwise(name) => "“{name}” is packed in a way that is not read: numpy.savez writes what is.";
    /// A zip archive.
    fn archive_is_damaged() => "The archive is damaged: save or download it again.";

    /// A file of safetensors.
    fn too_many_tensors(n, most) => "The file has {n} tensors, at most {most} are accepted.";
    /// A tensor of safetensors.
    fn other_kind(name, kind) => "“{name}” holds numbers of the kind “{kind}”: F64, F32, F16, BF16 and whole numbers are read.";
    /// A file of safetensors.
    fn file_breaks_off() => "The file breaks off: save or download the file again.";
    /// A tensor of safetensors.
    fn header_cannot_be(name) => "What the header says of “{name}” cannot be: save or download the file again.";
    /// A file of safetensors.
    fn headers_cannot_be() => "What the header says of the tensors cannot be: save or download the file again.";
}
