//! Which layers tensors under names make: what is a matrix and what its biases, which comes first, and how the
//! matrices lie. Names tell (`fc1.weight`, `W1`, `dense/kernel`), and where they do not, the shapes that chain.

use std::fmt::Display;

use super::{FoundLayer, FoundModel, Rows, Tensor, shown};
use crate::lesson::limits;
use crate::words::lists::listed;
use crate::words::weights::{quoted, tensors as words};
use backprop::matrix::Matrix;

/// Words of a name that say what its numbers are.
const WEIGHT_WORDS: &[&str] = &["weight", "weights", "w", "kernel", "kernels", "coef", "coefs"];
const BIAS_WORDS: &[&str] = &["bias", "biases", "b", "intercept", "intercepts"];
/// The most letters of a name such as Wh and bo, whose first says what it is.
const SHORT: usize = 3;
/// The most tries to put matrices in an order in which they chain.
const MAX_TRIES: usize = 100_000;

/// What is said of a tensor by its name.
type Said = fn(&dyn Display) -> String;

/// Parts of names of layers that are not fully connected, and what is said of them.
const OTHER_LAYERS: &[(&str, Said)] = &[
    ("running_mean", words::of_batch_normalisation),
    ("running_var", words::of_batch_normalisation),
    ("num_batches_tracked", words::of_batch_normalisation),
    ("moving_mean", words::of_batch_normalisation),
    ("weight_ih", words::of_recurrent_layer),
    ("weight_hh", words::of_recurrent_layer),
    ("recurrent_kernel", words::of_recurrent_layer),
    ("lstm", words::of_recurrent_layer),
    ("in_proj_weight", words::of_attention),
    ("embeddings", words::of_embedding),
];

/// In which order layers are looked for first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As the tensors stand in the file.
    AsInFile,
    /// By their names, numbers within by their size: fc2 before fc10.
    ByName,
}

/// What a tensor is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Weights,
    Biases,
    Unsaid,
}

/// A tensor with what its name says.
struct Part {
    tensor: Tensor,
    role: Role,
    /// What is left of its name: which layer it is of.
    layer: String,
}

/// An order of matrices, and how they lie in it, if just one way will do.
type Chain = (Vec<usize>, Option<Rows>);

/// A matrix with its biases.
struct Pair {
    name: String,
    matrix: Matrix,
    biases: Option<Tensor>,
}

impl Pair {
    fn takes_biases(&self, rows: Rows) -> bool {
        let n_out = rows.units(&self.matrix).1;
        self.biases.as_ref().is_none_or(|biases| biases.numbers.len() == n_out)
    }
}

/// The model that these tensors are; they lie as `known` says, if the format does.
///
/// # Errors
/// A sentence that names the tensor that no fully connected layer has, or does not fit the others.
pub fn model(
    kind: &'static str,
    tensors: Vec<Tensor>,
    order: Order,
    known: Option<Rows>,
) -> Result<FoundModel, String> {
    let mut parts = parts(tensors)?;
    if order == Order::ByName {
        parts = sorted_by_name(parts);
    }
    let said = known.or_else(|| said(&parts));
    let pairs = pairs(parts)?;
    if limits::LAYERS < pairs.len() {
        return Err(words::too_many_matrices(&pairs.len(), &limits::LAYERS));
    }
    let found = match said {
        Some(rows) => chains(&pairs, &[rows])?,
        None => None,
    };
    let found = match (found, known) {
        (Some(found), _) => Some(found),
        (None, Some(_)) => None,
        (None, None) => chains(&pairs, &Rows::ALL)?,
    };
    let Some((order, rows)) = found else {
        return Err(what_does_not_fit(&pairs));
    };
    let layers = sorted(pairs, &order).into_iter().map(|pair| FoundLayer {
        name: pair.name,
        weights: pair.matrix,
        biases: pair.biases.map(|biases| biases.numbers),
        activation: None,
    });
    Ok(FoundModel { kind, layers: layers.collect(), rows, input_names: None, output_names: None })
}

/// How matrices under such names lie: `weight` is PyTorch's word, `kernel` that of Keras and Flax.
fn said(parts: &[Part]) -> Option<Rows> {
    let any = |is: fn(&[String]) -> bool| parts.iter().any(|part| is(&words(&part.tensor.name)));
    let receive = any(|words| words.last().is_some_and(|last| last == "weight"));
    let send = any(|words| words.iter().any(|word| word == "kernel"));
    match (receive, send) {
        (true, false) => Some(Rows::Receive),
        (false, true) => Some(Rows::Send),
        _ => None,
    }
}

/// In which order the matrices chain, and how they lie then, if they can lie in just one of these ways; first as
/// they stand, then in any order. `None` if they chain in none.
///
/// # Errors
/// If two orders would do.
fn chains(pairs: &[Pair], ways: &[Rows]) -> Result<Option<Chain>, String> {
    for is_any_order in [false, true] {
        let found = ways.iter().filter_map(|&rows| Some((chain(pairs, rows, is_any_order)?, rows)));
        let mut found: Vec<_> = found.collect();
        match (found.pop(), found.pop()) {
            (Some((order, rows)), None) => return Ok(Some((order, Some(rows)))),
            (Some((order, _)), Some((other, _))) if order == other => return Ok(Some((order, None))),
            (Some(_), Some(_)) => return Err(says_no_order(pairs)),
            (None, _) => {}
        }
    }
    Ok(None)
}

/// What each tensor is. Single numbers are left out: a learning rate, an epoch.
fn parts(tensors: Vec<Tensor>) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    for tensor in tensors {
        let small = tensor.name.to_lowercase();
        if let Some((_, says)) = OTHER_LAYERS.iter().find(|(part, _)| small.contains(part)) {
            return Err(says(&shown(&tensor.name)));
        }
        match tensor.shape.len() {
            0 => continue,
            1 | 2 => {}
            n => {
                return Err(words::of_convolution(&shown(&tensor.name), &n, &tensor.shape_in_words()));
            }
        }
        let (role, layer) = role(&tensor.name);
        let role = if tensor.shape.len() == 1 { Role::Biases } else { role };
        parts.push(Part { tensor, role, layer });
    }
    // Matrices and rows in turn, under names that say nothing.
    let is_turn = |pair: &[Part]| match pair {
        [weights, biases] => {
            let n = biases.tensor.numbers.len();
            biases.tensor.is_line() && weights.tensor.shape.len() == 2 && weights.tensor.shape.contains(&n)
        }
        _ => false,
    };
    if parts.iter().all(|part| part.role == Role::Unsaid) && parts.chunks(2).all(is_turn) {
        parts.iter_mut().skip(1).step_by(2).for_each(|part| part.role = Role::Biases);
    }
    Ok(parts)
}

/// What a name says of its numbers, and of which layer they are.
fn role(name: &str) -> (Role, String) {
    let mut words = words(name);
    let of = |words: &[String], known: &[&str]| words.iter().rposition(|word| known.contains(&word.as_str()));
    for (role, known) in [(Role::Weights, WEIGHT_WORDS), (Role::Biases, BIAS_WORDS)] {
        if let Some(at) = of(&words, known) {
            words.remove(at);
            return (role, words.join(" "));
        }
    }
    let short = words.first().filter(|word| words.len() <= 2 && word.len() <= SHORT);
    let role = match short.map(|word| &word[..1]) {
        Some("w") => Role::Weights,
        Some("b") => Role::Biases,
        _ => return (Role::Unsaid, words.join(" ")),
    };
    words[0].remove(0);
    (role, words.join(" "))
}

/// The words and numbers of a name, in small letters: `fc1.weight` is fc, 1, weight, `hiddenBias` hidden, bias.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in name.chars() {
        let goes_on = c.is_ascii_alphabetic()
            && last.is_ascii_alphabetic()
            && !(last.is_lowercase() && c.is_uppercase())
            || c.is_ascii_digit() && last.is_ascii_digit();
        if c.is_ascii_alphanumeric() {
            match words.last_mut().filter(|_| goes_on) {
                Some(word) => word.push(c.to_ascii_lowercase()),
                None => words.push(c.to_ascii_lowercase().to_string()),
            }
        }
        last = c;
    }
    words
}

/// The parts by their names, in the order in which a person counts: they are few.
fn sorted_by_name(parts: Vec<Part>) -> Vec<Part> {
    type Key = Vec<(Option<u64>, String)>;
    let key = |part: &Part| -> Key {
        words(&part.tensor.name).into_iter().map(|word| (word.parse().ok(), word)).collect()
    };
    let mut sorted: Vec<(Key, Part)> = Vec::new();
    for part in parts {
        let own = key(&part);
        let at = sorted.partition_point(|(other, _)| *other <= own);
        sorted.insert(at, (own, part));
    }
    sorted.into_iter().map(|(_, part)| part).collect()
}

/// Each matrix with the biases of its layer: those of the same name, else those that come with it.
fn pairs(parts: Vec<Part>) -> Result<Vec<Pair>, String> {
    let mut matrices: Vec<(String, Pair)> = Vec::new();
    let mut biases: Vec<Part> = Vec::new();
    for part in parts {
        match part.tensor.matrix().filter(|_| part.role != Role::Biases) {
            Some(matrix) => {
                matrices.push((part.layer, Pair { name: part.tensor.name, matrix, biases: None }));
            }
            None => biases.push(part),
        }
    }
    if matrices.is_empty() {
        return Err(words::no_matrix().to_owned());
    }
    let are_named =
        biases.iter().all(|part| matrices.iter().filter(|(layer, _)| *layer == part.layer).count() == 1);
    if !are_named && biases.len() != matrices.len() {
        let names = listed(biases.iter().map(|part| quoted(&shown(&part.tensor.name))).take(3));
        return Err(words::biases_of_unsaid_layers(&names, &"fc1.weight", &"fc1.bias"));
    }
    for (k, part) in biases.into_iter().enumerate() {
        let at =
            if are_named { matrices.iter().position(|(layer, _)| *layer == part.layer) } else { Some(k) };
        let Some((_, pair)) = at.and_then(|at| matrices.get_mut(at)) else {
            continue;
        };
        if !part.tensor.is_line() || pair.biases.is_some() {
            return Err(words::cannot_be_biases(&shown(&part.tensor.name), &shown(&pair.name)));
        }
        pair.biases = Some(part.tensor);
    }
    Ok(matrices.into_iter().map(|(_, pair)| pair).collect())
}

/// An order in which each matrix takes what the one before gives, if they lie so: the present one, or of any the
/// first that is found.
fn chain(pairs: &[Pair], rows: Rows, is_any_order: bool) -> Option<Vec<usize>> {
    if !pairs.iter().all(|pair| pair.takes_biases(rows)) {
        return None;
    }
    let units: Vec<(usize, usize)> = pairs.iter().map(|pair| rows.units(&pair.matrix)).collect();
    if !is_any_order {
        let chains = units.windows(2).all(|pair| pair[0].1 == pair[1].0);
        return chains.then(|| (0..units.len()).collect());
    }
    let (mut order, mut n_tries) = (Vec::new(), 0);
    extend(&units, &mut order, &mut n_tries).then_some(order)
}

/// Extends an order by all that are left, if they can be put so.
fn extend(units: &[(usize, usize)], order: &mut Vec<usize>, n_tries: &mut usize) -> bool {
    if order.len() == units.len() {
        return true;
    }
    for next in 0..units.len() {
        *n_tries += 1;
        let follows = order.last().is_none_or(|&last| units[last].1 == units[next].0);
        if follows && !order.contains(&next) && *n_tries < MAX_TRIES {
            order.push(next);
            if extend(units, order, n_tries) {
                return true;
            }
            order.pop();
        }
    }
    false
}

fn sorted(pairs: Vec<Pair>, order: &[usize]) -> Vec<Pair> {
    let mut pairs: Vec<Option<Pair>> = pairs.into_iter().map(Some).collect();
    order.iter().filter_map(|&at| pairs[at].take()).collect()
}

fn says_no_order(pairs: &[Pair]) -> String {
    words::order_is_unsaid(&listed(pairs.iter().map(|pair| quoted(&shown(&pair.name))).take(3)))
}

fn what_does_not_fit(pairs: &[Pair]) -> String {
    for pair in pairs {
        if let Some(biases) =
            pair.biases.as_ref().filter(|_| !Rows::ALL.iter().any(|&rows| pair.takes_biases(rows)))
        {
            return words::not_one_bias_per_unit(
                biases.numbers.len(),
                &shown(&biases.name),
                &shown(&pair.name),
                &pair.matrix.n_rows(),
                &pair.matrix.n_cols(),
            );
        }
    }
    let shape =
        |Pair { name, matrix, .. }: &Pair| words::matrix_is(&shown(name), &matrix.n_rows(), &matrix.n_cols());
    words::do_not_follow(&listed(pairs.iter().map(shape)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tensor(name: &str, shape: &[usize]) -> Tensor {
        let n = shape.iter().product();
        Tensor { name: name.to_owned(), shape: shape.to_vec(), numbers: vec![0.5; n] }
    }

    fn found(tensors: &[(&str, &[usize])], order: Order) -> Result<FoundModel, String> {
        model("a test", tensors.iter().map(|(name, shape)| tensor(name, shape)).collect(), order, None)
    }

    /// The names of the layers in their order, how they lie, and which have biases.
    fn told(tensors: &[(&str, &[usize])], order: Order) -> (Vec<String>, Option<Rows>, Vec<bool>) {
        let model = found(tensors, order).unwrap();
        let biases = model.layers.iter().map(|layer| layer.biases.is_some()).collect();
        (model.layers.into_iter().map(|layer| layer.name).collect(), model.rows, biases)
    }

    #[test]
    fn names_of_libraries_are_understood() {
        let receive = Some(Rows::Receive);
        for names in [
            ["0.weight", "0.bias", "2.weight", "2.bias"],
            ["fc1.weight", "fc1.bias", "fc10.weight", "fc10.bias"],
            ["W1", "b1", "W2", "b2"],
            ["Wh", "bh", "Wo", "bo"],
            ["hiddenWeights", "hiddenBiases", "outputWeights", "outputBiases"],
        ] {
            let shapes: [&[usize]; 4] = [&[3, 2], &[3], &[1, 3], &[1]];
            let mut tensors: Vec<(&str, &[usize])> = names.into_iter().zip(shapes).collect();
            let expected = (vec![names[0].to_owned(), names[2].to_owned()], receive, vec![true, true]);
            assert_eq!(told(&tensors, Order::AsInFile), expected, "{names:?}");
            tensors.reverse();
            assert_eq!(told(&tensors, Order::ByName), expected, "{names:?}");
        }
        let keras: [(&str, &[usize]); 4] = [
            ("dense/kernel", &[2, 2]),
            ("dense/bias", &[2]),
            ("dense_1/kernel", &[2, 2]),
            ("dense_1/bias", &[2]),
        ];
        assert_eq!(told(&keras, Order::AsInFile).1, Some(Rows::Send));
    }

    #[test]
    fn shapes_tell_what_names_do_not() {
        // As numpy.savez(file, W1, b1, W2, b2) names them, with biases as rows.
        let turns: [(&str, &[usize]); 4] =
            [("arr_0", &[2, 3]), ("arr_1", &[1, 3]), ("arr_2", &[3, 1]), ("arr_3", &[1, 1])];
        let names = vec!["arr_0".to_owned(), "arr_2".to_owned()];
        assert_eq!(told(&turns, Order::AsInFile), (names, Some(Rows::Send), vec![true, true]));
        // Sorted by name the output comes before the hidden layer.
        let words: [(&str, &[usize]); 4] =
            [("a.bias", &[1]), ("a.weight", &[1, 3]), ("z.bias", &[3]), ("z.weight", &[3, 2])];
        let names = vec!["z.weight".to_owned(), "a.weight".to_owned()];
        assert_eq!(told(&words, Order::ByName), (names, Some(Rows::Receive), vec![true, true]));
    }

    #[test]
    fn what_nothing_tells_is_asked() {
        assert_eq!(told(&[("W", &[2, 2])], Order::AsInFile).1, None);
        assert_eq!(told(&[("W", &[2, 3])], Order::AsInFile).1, None);
        assert_eq!(told(&[("W1", &[2, 2]), ("b1", &[2])], Order::AsInFile).1, None);
        assert_eq!(told(&[("0.weight", &[2, 2])], Order::AsInFile).1, Some(Rows::Receive));
    }

    #[test]
    fn what_is_no_network_is_named() {
        type Shapes = &'static [(&'static str, &'static [usize])];
        let cases: [(Shapes, &str); 7] = [
            (&[("conv1.weight", &[8, 3, 3, 3])], "“conv1.weight” has 4 dimensions (8 × 3 × 3 × 3)"),
            (&[("bn.running_mean", &[8])], "“bn.running_mean” is of batch normalisation"),
            (&[("lstm.weight_ih_l0", &[8, 2])], "“lstm.weight_ih_l0” is of a recurrent layer"),
            (&[("b", &[3])], "no matrix"),
            (&[("W1", &[3, 2]), ("W2", &[5, 4])], "“W1” is 3 × 2, “W2” is 5 × 4"),
            (&[("W1", &[3, 2]), ("b1", &[4])], "“b1” has 4 numbers, and “W1” is 3 × 2"),
            (&[("W1", &[3, 2]), ("W2", &[1, 3]), ("x", &[3])], "“x”"),
        ];
        for (tensors, says) in cases {
            let said = found(tensors, Order::AsInFile).unwrap_err();
            assert!(said.contains(says), "{said}");
        }
    }
}
