//! A session as text, for the browser's storage: lessons, edits, how far the run has come, and the
//! step. Everything else is computed again.

use std::rc::Rc;

use super::{RunSettings, Session, Settings};
use crate::lesson::Lesson;
use crate::moment::step::{Grain, Position};
use crate::moment::time::Time;
use crate::run::{LossCurve, LossPoint, Run, Segment};
use crate::session::design::StartWeights;
use crate::text::format;
use crate::text::json;
use crate::text::json::{Fault, Place, Read, Value, Word, object};
use backprop::matrix::Matrix;
use backprop::network::{LayerParams, Params};
use backprop::optimizer::{Optimizer, OptimizerState};
use backprop::trace::Model;

const VERSION: u64 = 1;
/// The most updates that a saved model can have had.
const MAX_UPDATES: u64 = 1_000_000_000_000_000;

/// Numbers in all samples together beyond which a lesson is too large for a browser's storage, and
/// takes too long to write after every step.
const MAX_DATA_NUMBERS: usize = 200_000;

/// Whether a session of this lesson is to be stored: generated data need no room.
pub fn is_storable(lesson: &Lesson) -> bool {
    let data = &lesson.data;
    let n_samples = data.train.len() + data.test.len();
    let n_numbers = n_samples * (lesson.network.n_units(0) + lesson.network.n_outputs());
    data.generator.is_some() || n_numbers <= MAX_DATA_NUMBERS
}

impl Word for Grain {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Term, "term"), (Self::Unit, "unit"), (Self::Layer, "layer"), (Self::Phase, "phase")];
}

/// The most numbers of a session that is stored: with some 20 characters each, browsers keep no more.
const MAX_NUMBERS: usize = 230_000;

/// Whether a browser's storage has room for the session, for its data and its weights: one that is too
/// large would only keep the reader waiting.
pub fn fits(session: &Session) -> bool {
    let lesson = &session.start;
    let n_params = lesson.network.n_params();
    let moments = match lesson.rule.optimizer {
        Optimizer::Sgd { .. } => 0,
        Optimizer::Momentum { .. } | Optimizer::Rmsprop { .. } => 1,
        Optimizer::Adam { .. } => 2,
    };
    // The lesson and each segment's start; the front and the shown moment with what they remember.
    let n_models = 1 + session.run.segments().len() + 2 * (1 + moments);
    is_storable(&session.moment.lesson) && n_params * n_models <= MAX_NUMBERS
}

/// The session as text that [`restore`] reads back to the same numbers, to the bit.
pub fn save(session: &Session) -> String {
    let segment = |segment: &Segment| {
        object(vec![
            // Large data are written once.
            ("lesson", (segment.lesson != session.start).then(|| segment.lesson.to_json()).as_deref().into()),
            ("model", write_model(segment.start, &segment.model)),
        ])
    };
    let settings = session.settings;
    object(vec![
        ("version", VERSION.into()),
        ("start", session.start.to_json().as_str().into()),
        ("segments", session.run.segments().iter().map(segment).collect()),
        ("front", write_model(session.run.reached(), session.run.front_model())),
        ("now", write_model(session.time(), session.moment.model())),
        ("step", session.moment.position.step.into()),
        ("terms", session.moment.position.terms.into()),
        ("grain", settings.grain.map(Grain::word).into()),
        ("digits", u64::from(settings.digits).into()),
        ("speed", settings.speed.into()),
        ("pace", settings.run.pace.map(u64::from).into()),
        ("loss_below", settings.run.loss_below.into()),
        ("when_solved", settings.run.when_solved.then_some(1_u64).into()),
        ("drawing", write_drawing(settings.start_weights).into()),
        ("losses", write_curve(session.run.losses())),
        ("ghost", session.ghost.as_deref().map(write_curve).into()),
    ])
    .to_string()
}

/// Reads a saved session.
///
/// # Errors
/// What is wrong with it, and where.
pub fn restore(text: &str) -> Read<Session> {
    let document = json::parse(text)?;
    let file = Place::whole(&document).object(&[
        "version",
        "start",
        "segments",
        "front",
        "now",
        "step",
        "terms",
        "grain",
        "digits",
        "speed",
        "pace",
        "loss_below",
        "when_solved",
        "drawing",
        "losses",
        "ghost",
    ])?;
    let version = file.required("version")?;
    if version.count()? != VERSION {
        return version.fault(format!("{}, expected {VERSION}", version.count()?));
    }
    let start = read_lesson(&file.required("start")?)?;
    let segments_place = file.required("segments")?;
    let mut segments: Vec<Segment> = Vec::new();
    for place in segments_place.list()? {
        let segment = read_segment(&place, &start)?;
        if segments.last().is_some_and(|last| segment.start <= last.start) {
            return place.fault("edits out of order");
        }
        segments.push(segment);
    }
    let Some((first, last)) = segments.first().zip(segments.last()) else {
        return segments_place.fault("empty");
    };
    let last_edit = last.start;
    if first.start != Time::default() {
        return segments_place.fault("the start is missing");
    }
    let not_finite = |_| Fault::new("file", "the loss is beyond what a number can hold");
    let mut run = Run::from_segments(segments).map_err(not_finite)?;
    let (front, front_model) = read_model(&file.required("front")?, &start)?;
    let now_place = file.required("now")?;
    let (now, now_model) = read_model(&now_place, &start)?;
    if front < last_edit || front < now {
        return now_place.fault("times out of order");
    }
    let losses = read_curve(&file.required("losses")?)?;
    let moment = run.restore((front, front_model), (now, now_model), losses).map_err(not_finite)?;

    let mut session =
        Session::new(Lesson::clone(&start)).map_err(|notice| Fault::new("start", notice.text))?;
    let count = |key: &str| file.required(key)?.count();
    let position = Position {
        step: usize::try_from(count("step")?).unwrap_or(usize::MAX),
        terms: usize::try_from(count("terms")?).unwrap_or(usize::MAX),
    };
    session.moment = moment.at(position);
    session.run = Rc::new(run);
    session.ghost = match file.optional("ghost") {
        None => None,
        Some(place) => Some(Rc::new(LossCurve::from_points(read_curve(&place)?))),
    };
    session.settings = read_settings(&file)?;
    Ok(session)
}

fn read_settings(file: &json::Object) -> Read<Settings> {
    let digits = file.required("digits")?;
    let speed = file.required("speed")?;
    Ok(Settings {
        grain: file.optional("grain").map(|grain| grain.word()).transpose()?,
        digits: match u8::try_from(digits.count()?) {
            Ok(n) if format::DIGITS.contains(&n) => n,
            _ => return digits.fault("digits out of range"),
        },
        speed: match speed.number()? {
            rate if Settings::SPEEDS.contains(&rate) => rate,
            _ => return speed.fault("not one of the speeds"),
        },
        run: read_run_settings(file)?,
        start_weights: match file.optional("drawing") {
            Some(place) => read_drawing(&place)?,
            None => StartWeights::default(),
        },
    })
}

/// The scheme, scale and seed, where they are not the usual ones.
fn write_drawing(drawing: StartWeights) -> Option<Value> {
    let StartWeights { scheme, scale, seed } = drawing;
    (drawing != StartWeights::default())
        .then(|| [Value::from(scheme.word()), scale.into(), seed.into()].into_iter().collect())
}

fn read_drawing(place: &Place) -> Read<StartWeights> {
    let parts = place.list()?;
    let [scheme, scale, seed] = &parts[..] else {
        return place.fault("expected scheme, scale and seed");
    };
    let drawing = StartWeights { scheme: scheme.word()?, scale: scale.number()?, seed: seed.count()? };
    if drawing.is_valid() { Ok(drawing) } else { place.fault("scale out of range") }
}

fn read_run_settings(file: &json::Object) -> Read<RunSettings> {
    let run = RunSettings {
        pace: match file.optional("pace") {
            None => None,
            Some(pace) => Some(u32::try_from(pace.count()?).unwrap_or(0)),
        },
        loss_below: file.optional("loss_below").map(|loss| loss.number()).transpose()?,
        when_solved: file.optional("when_solved").is_some(),
    };
    if run.is_valid() { Ok(run) } else { Err(Fault::new("file", "pace or loss out of range")) }
}

fn read_lesson(place: &Place) -> Read<Rc<Lesson>> {
    let lesson = Lesson::from_stored(place.text()?);
    lesson.map(Rc::new).or_else(|fault| place.fault(fault.to_string()))
}

fn read_segment(place: &Place, start_lesson: &Rc<Lesson>) -> Read<Segment> {
    let file = place.object(&["lesson", "model"])?;
    let lesson = match file.optional("lesson") {
        Some(lesson) => read_lesson(&lesson)?,
        None => Rc::clone(start_lesson),
    };
    let (start, model) = read_model(&file.required("model")?, start_lesson)?;
    // An edit changes numbers, data and rule, never the network's layers.
    if !lesson.network.has_shape_of(&start_lesson.network) || lesson.n_batches() <= start.batch {
        return place.fault("a lesson that does not fit the start");
    }
    Ok(Segment { start, model, lesson })
}

fn write_curve(curve: &LossCurve) -> Value {
    let point =
        |point: &LossPoint| Value::List(vec![point.epoch.into(), point.loss.into(), point.test_loss.into()]);
    curve.points().iter().map(point).collect()
}

fn read_curve(place: &Place) -> Read<Vec<LossPoint>> {
    let point = |place: &Place| {
        let [epoch, loss, test_loss] =
            place.list()?.try_into().or_else(|_| place.fault("three numbers expected"))?;
        let test_loss = if test_loss.is_null() { None } else { Some(test_loss.number()?) };
        Ok(LossPoint { epoch: epoch.count()?, loss: loss.number()?, test_loss })
    };
    place.list()?.iter().map(point).collect()
}

fn write_model(time: Time, model: &Model) -> Value {
    let state = &model.optimizer_state;
    // Moments that are all zero (as plain gradient descent leaves them) need no room.
    let unless_zero = |params: &Params| {
        let is_zero = params.0.iter().all(|layer| layer.numbers().all(|x| x == 0.0));
        if is_zero { Value::Null } else { write_params(params) }
    };
    object(vec![
        ("epoch", time.epoch.into()),
        ("batch", time.batch.into()),
        ("n_updates", state.n_updates.into()),
        ("params", write_params(&model.network.params)),
        ("first_moment", unless_zero(&state.first_moment)),
        ("second_moment", unless_zero(&state.second_moment)),
    ])
}

/// Reads a model of the shape of `lesson`'s network.
fn read_model(place: &Place, lesson: &Lesson) -> Read<(Time, Rc<Model>)> {
    let file = place.object(&["epoch", "batch", "n_updates", "params", "first_moment", "second_moment"])?;
    let mut network = lesson.network.as_ref().clone();
    network.params = read_params(&file.required("params")?, &network.params)?;
    let moment = |key: &str| match file.optional(key) {
        None => Ok(network.params.zeros_like()),
        Some(place) => read_params(&place, &network.params),
    };
    // Every epoch has an update at least. The most is more than any run can reach.
    let (epoch, n_updates) = (file.required("epoch")?, file.required("n_updates")?);
    if MAX_UPDATES < n_updates.count()? {
        return n_updates.fault(format!("{}, at most {MAX_UPDATES}", n_updates.count()?));
    }
    if n_updates.count()? < epoch.count()? {
        return epoch.fault("more epochs than updates");
    }
    let optimizer_state = OptimizerState {
        n_updates: n_updates.count()?,
        first_moment: moment("first_moment")?,
        second_moment: moment("second_moment")?,
    };
    let batch = file.required("batch")?.count()?;
    let time = Time { epoch: epoch.count()?, batch: usize::try_from(batch).unwrap_or(usize::MAX) };
    Ok((time, Rc::new(Model { network, optimizer_state })))
}

/// One list of numbers per layer: the weights row by row, then the biases.
fn write_params(params: &Params) -> Value {
    params.0.iter().map(|layer| layer.numbers().collect::<Value>()).collect()
}

fn read_params(place: &Place, shape: &Params) -> Read<Params> {
    let layers = place.list()?;
    if layers.len() != shape.0.len() {
        return place.fault(format!("{} layers, expected {}", layers.len(), shape.0.len()));
    }
    let layer = |(place, shape): (&Place, &LayerParams)| {
        let numbers = place.numbers()?;
        let expected = shape.numbers().count();
        if numbers.len() != expected {
            return place.fault(format!("{} numbers, expected {expected}", numbers.len()));
        }
        let (n_rows, n_cols) = (shape.weights.n_rows(), shape.weights.n_cols());
        Ok(LayerParams {
            weights: Matrix::from_fn(n_rows, n_cols, |i, j| numbers[i * n_cols + j]),
            biases: shape.biases.as_ref().map(|_| numbers[n_rows * n_cols..].to_vec()),
        })
    };
    Ok(Params(layers.iter().zip(&shape.0).map(layer).collect::<Read<_>>()?))
}
