//! Of images: the sample’s, one to be drawn, and the weights of units.

sentences! {
    /// The name of a sample’s image.
    fn input_of_sample(number) => "Input of sample {number}";
    /// A button: draws what the sample has.
    fn from_sample() => "From sample";
    /// A button: draws nothing.
    fn clear() => "Clear";
    /// What the images are for.
    fn hint() => "Draw a digit or whatever the network has learned: it answers at once. The samples stay as they are. By keyboard, arrows move and Space fills a pixel.";

    /// The name of what says what the network answers.
    fn answer() => "Answer";
    /// The class that is predicted.
    fn drawing_is(class) => "your drawing: {class}";
    /// The class that is predicted.
    fn sample_is(number, class) => "sample {number}: {class}";
    /// The caption of the outputs where there are no classes.
    fn output_for_drawing() => "output for your drawing";
    /// The caption of the outputs where there are no classes.
    fn output_for_sample(number) => "output for sample {number}";
    /// The name of the list of outputs.
    fn outputs_for_drawing() => "Outputs for your drawing";
    /// The name of the list of outputs.
    fn outputs_for_sample(number) => "Outputs for sample {number}";
    /// An output, a place, that is the largest.
    fn predicted(output) => "{output}, predicted";
    /// Outputs that are left out.
    fn more_outputs(n: count) => one "… {n} more", other "… {n} more";

    /// The caption of what is drawn on.
    fn draw_here() => "draw here";
    /// What it is.
    fn drawing_pad() => "drawing pad";
    /// What it is for.
    fn draw_an_image(side) => "Draw an image of {side} × {side} pixels";
    /// The name of what says where the keyboard is.
    fn pixel() => "Pixel";
    /// Where the keyboard is, and what is drawn there.
    fn pixel_at(row, column, value) => "row {row}, column {column}: {value}";

    /// The caption of the units’ images.
    fn weights_of_each_unit() => "the weights of each unit of layer 1";
    /// What they are together.
    fn images() => "images";
    /// The name of them together.
    fn weights_as_images(n: count) => one "Weights of the {n} unit of layer 1 as images", other "Weights of the {n} units of layer 1 as images";
    /// The name of what says what a unit’s weights are.
    fn unit() => "Unit";
    /// What the weights of a unit are; it by its symbol.
    fn weights_from_to(unit, least, most) => "{unit}: weights from {least} to {most}";
}
