//! What a file that is none of those that are read looks like, and what to do.

sentences! {
    /// What it is.
    fn picture(file) => "“{file}” looks like a picture.";
    /// What it is.
    fn picture_or_sound(file) => "“{file}” looks like a picture or a sound.";
    /// What it is.
    fn pdf(file) => "“{file}” looks like a PDF document.";
    /// What it is.
    fn old_office(file) => "“{file}” looks like an old Excel or Word file.";
    /// What it is.
    fn gzip(file) => "“{file}” looks like compressed by gzip.";
    /// What it is.
    fn seven_zip(file) => "“{file}” looks like a 7z archive.";
    /// What it is.
    fn rar(file) => "“{file}” looks like a RAR archive.";
    /// What it is.
    fn zip(file) => "“{file}” looks like a zip archive.";
    /// What it is.
    fn parquet(file) => "“{file}” looks like a Parquet table.";
    /// What it is.
    fn arrow(file) => "“{file}” looks like an Arrow table.";
    /// What it is.
    fn sqlite(file) => "“{file}” looks like an SQLite database.";
    /// What it is.
    fn hdf5(file) => "“{file}” looks like an HDF5 file, as Keras saves models.";
    /// What it is.
    fn pickle(file) => "“{file}” looks like a Python pickle, as scikit-learn and PyTorch save models.";
    /// What it is.
    fn excel(file) => "“{file}” looks like an Excel workbook.";
    /// What it is.
    fn office(file) => "“{file}” looks like an Office document.";
    /// What it is.
    fn open_document(file) => "“{file}” looks like an OpenDocument spreadsheet or text.";
    /// What it is.
    fn keras(file) => "“{file}” looks like a Keras model.";
    /// What it is.
    fn pytorch(file) => "“{file}” looks like a PyTorch model.";
    /// What it is.
    fn notebook(file) => "“{file}” looks like a Jupyter notebook.";
    /// What it is.
    fn fann(file) => "“{file}” looks like a network of FANN.";
    /// What it is.
    fn weka(file) => "“{file}” looks like the report of a Weka model.";
    /// What it is.
    fn arff(file) => "“{file}” looks like an ARFF table of Weka.";
    /// What it is.
    fn pmml(file) => "“{file}” looks like a PMML model.";
    /// What it is.
    fn playground(file) => "“{file}” looks like a link to the TensorFlow Playground, which holds no weights.";
    /// What it is.
    fn web_page(file) => "“{file}” looks like a web page.";
    /// What it is.
    fn xml(file) => "“{file}” looks like an XML document.";
    /// What it is.
    fn empty(file) => "“{file}” looks like empty.";
    /// What it is.
    fn no_text(file) => "“{file}” looks like no text.";

    /// What to do.
    fn lesson_or_table() => "A lesson is JSON; a table has one row per sample, as CSV.";
    /// What to do.
    fn table_is_needed() => "A table with one row per sample is needed, as CSV.";
    /// What to do.
    fn copy_table() => "Copy its table into a spreadsheet and save that as CSV.";
    /// What to do.
    fn save_as_csv() => "Save its table as CSV in the program that it comes from, and open that.";
    /// What to do.
    fn unpack() => "Unpack it and open a file from within.";
    /// What to do, of a database.
    fn export_table() => "Export one of its tables as CSV.";
    /// What to do, of a Jupyter notebook.
    fn save_with_to_csv() => "Save its table with to_csv and open that.";
    /// What to do.
    fn download_file() => "Download the file itself, not the page around it.";
    /// What to do, of an ARFF table.
    fn delete_lines() => "Delete the lines up to “@data”, put a row of names there and open it again.";
    /// What to do: the name of a tab.
    fn make_in_design() => "Its layers and its data, such as spirals, can be made in the tab Design.";
    /// What to do: JSON with a list of rows per layer.
    fn write_as_json() => "Write its weights as JSON, {\"W1\": [[…], …], \"b1\": […], …} with a row per unit, and open that.";
    /// What to do, with a line of Python.
    fn read_parquet() => "In Python: pandas.read_parquet(file).to_csv(\"table.csv\", index=False).";
    /// What to do, with a line of Python.
    fn read_feather() => "In Python: pandas.read_feather(file).to_csv(\"table.csv\", index=False).";
    /// What to do, with lines of Python that write the weights as JSON.
    fn save_keras() => "In Python: import json, keras; json.dump({w.path: w.numpy().tolist() for w in keras.models.load_model(file).weights}, open(\"weights.json\", \"w\")). Then open weights.json.";
    /// The same.
    fn save_torch() => "In Python: import json, torch; json.dump({k: v.tolist() for k, v in torch.load(file).items()}, open(\"weights.json\", \"w\")); of a whole model torch.load(file, weights_only=False).state_dict().items(). Then open weights.json.";
    /// The same.
    fn save_pickle() => "Of scikit-learn, in Python: import json, pickle; m = pickle.load(open(file, \"rb\")); json.dump({\"coefs_\": [w.tolist() for w in m.coefs_], \"intercepts_\": [b.tolist() for b in m.intercepts_], \"activation\": m.activation, \"out_activation_\": m.out_activation_}, open(\"weights.json\", \"w\")). Then open weights.json.";
}
