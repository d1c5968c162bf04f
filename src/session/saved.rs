//! A session as text, for the browser's storage: lessons, edits, how far the run has come, and the
//! step. Everything else is computed again.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{Session, Settings};
use crate::format;
use crate::lesson::Lesson;
use crate::matrix::Matrix;
use crate::network::{LayerParams, Params};
use crate::optimizer::OptimizerState;
use crate::run::{LossCurve, LossPoint, Run, Segment, Time};
use crate::step::Position;
use crate::trace::Model;

const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    version: u32,
    start: String,
    segments: Vec<SavedSegment>,
    front: SavedModel,
    now: SavedModel,
    step: usize,
    terms: usize,
    settings: Settings,
    losses: Vec<(u64, f64, Option<f64>)>,
    ghost: Vec<(u64, f64, Option<f64>)>,
}

/// A segment: its lesson carries the weights.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedSegment {
    lesson: String,
    model: SavedModel,
}

type SavedParams = Vec<(Vec<Vec<f64>>, Option<Vec<f64>>)>;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedModel {
    epoch: u64,
    batch: usize,
    n_updates: u64,
    params: SavedParams,
    first_moment: SavedParams,
    second_moment: SavedParams,
}

/// The session as text that [`restore`] reads back to the same numbers, to the bit.
pub fn save(session: &Session) -> String {
    let points =
        |curve: &LossCurve| curve.points().iter().map(|p| (p.epoch, p.loss, p.test_loss)).collect::<Vec<_>>();
    let saved = Saved {
        version: VERSION,
        start: session.start.to_json(),
        segments: session
            .run
            .segments()
            .iter()
            .map(|segment| SavedSegment {
                lesson: segment.lesson.to_json(),
                model: save_model(segment.start, &segment.model),
            })
            .collect(),
        front: save_model(session.run.reached(), session.run.front_model()),
        now: save_model(session.time(), &session.moment.update.before),
        step: session.moment.position.step,
        terms: session.moment.position.terms,
        settings: session.settings,
        losses: points(session.run.losses()),
        ghost: session.ghost.as_deref().map(points).unwrap_or_default(),
    };
    // Lists, strings and finite numbers: serialising cannot fail.
    serde_json::to_string(&saved).unwrap_or_default()
}

/// Reads a saved session.
///
/// # Errors
/// What is wrong with it, in words.
pub fn restore(text: &str) -> Result<Session, String> {
    let saved: Saved = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if saved.version != VERSION {
        return Err(format!("it is of version {}, expected {VERSION}", saved.version));
    }
    let lesson = |text: &str| Lesson::from_json(text).map(Rc::new).map_err(|error| error.to_string());
    let start = lesson(&saved.start)?;
    let mut segments: Vec<Segment> = Vec::new();
    for saved in &saved.segments {
        let lesson = lesson(&saved.lesson)?;
        let (start, model) = read_model(&saved.model, &start)?;
        if segments.last().is_some_and(|last| start <= last.start) || lesson.n_batches() <= start.batch {
            return Err("its edits are out of order".to_owned());
        }
        if lesson.data.train[0].input.len() != model.network.n_units(0)
            || lesson.data.train[0].target.len() != model.network.n_outputs()
        {
            return Err("its data do not fit its network".to_owned());
        }
        segments.push(Segment { start, model, lesson });
    }
    if segments.first().is_none_or(|first| first.start != Time::default()) {
        return Err("its start is missing".to_owned());
    }
    let last_edit = segments[segments.len() - 1].start;
    let not_finite = |_| "its numbers are not finite".to_owned();
    let mut run = Run::from_segments(segments).map_err(not_finite)?;
    let (front, front_model) = read_model(&saved.front, &start)?;
    let (now, now_model) = read_model(&saved.now, &start)?;
    if front < last_edit || front < now {
        return Err("its times are out of order".to_owned());
    }
    let checkpoint = (now.batch == 0 && last_edit <= now).then_some((now.epoch, now_model));
    let points = |points: &[(u64, f64, Option<f64>)]| {
        points
            .iter()
            .filter(|(_, loss, test)| loss.is_finite() && test.is_none_or(f64::is_finite))
            .map(|&(epoch, loss, test_loss)| LossPoint { epoch, loss, test_loss })
            .collect::<Vec<_>>()
    };
    run.restore((front, front_model), checkpoint, points(&saved.losses)).map_err(not_finite)?;
    let moment = run.moment_at(now).map_err(not_finite)?;
    let mut session = Session::new(Lesson::clone(&start)).map_err(|notice| notice.text)?;
    session.moment = moment.at(Position { step: saved.step, terms: saved.terms });
    session.run = Rc::new(run);
    let ghost = points(&saved.ghost);
    session.ghost = (!ghost.is_empty()).then(|| Rc::new(LossCurve::from_points(ghost)));
    session.settings = saved.settings;
    if !format::DIGITS.contains(&session.settings.digits) || !(0.1..=60.0).contains(&session.settings.speed) {
        session.settings = Settings::default();
    }
    Ok(session)
}

fn save_model(time: Time, model: &Model) -> SavedModel {
    let state = &model.optimizer_state;
    // Moments that are all zero (as plain gradient descent leaves them) need no room.
    let unless_zero = |params: &Params| {
        let is_zero = params.0.iter().all(|layer| layer.numbers().all(|x| x == 0.0));
        if is_zero { Vec::new() } else { save_params(params) }
    };
    SavedModel {
        epoch: time.epoch,
        batch: time.batch,
        n_updates: state.n_updates,
        params: save_params(&model.network.params),
        first_moment: unless_zero(&state.first_moment),
        second_moment: unless_zero(&state.second_moment),
    }
}

fn save_params(params: &Params) -> SavedParams {
    let layer =
        |layer: &LayerParams| (layer.weights.rows().map(<[f64]>::to_vec).collect(), layer.biases.clone());
    params.0.iter().map(layer).collect()
}

/// Reads a model of the shape of `lesson`'s network.
fn read_model(saved: &SavedModel, lesson: &Lesson) -> Result<(Time, Rc<Model>), String> {
    let mut network = lesson.network.as_ref().clone();
    network.params = read_params(&saved.params, &lesson.network.params)?;
    let moment = |saved: &SavedParams| {
        if saved.is_empty() {
            Ok(network.params.zeros_like())
        } else {
            read_params(saved, &lesson.network.params)
        }
    };
    let optimizer_state = OptimizerState {
        n_updates: saved.n_updates,
        first_moment: moment(&saved.first_moment)?,
        second_moment: moment(&saved.second_moment)?,
    };
    let time = Time { epoch: saved.epoch, batch: saved.batch };
    Ok((time, Rc::new(Model { network, optimizer_state })))
}

fn read_params(saved: &SavedParams, shape: &Params) -> Result<Params, String> {
    let misfit = || "its weights do not fit its network".to_owned();
    if saved.len() != shape.0.len() {
        return Err(misfit());
    }
    let layers = saved.iter().zip(&shape.0).map(|((rows, biases), shape)| {
        let (n_rows, n_cols) = (shape.weights.n_rows(), shape.weights.n_cols());
        let fits = rows.len() == n_rows
            && rows.iter().all(|row| row.len() == n_cols)
            && biases.as_ref().map(Vec::len) == shape.biases.as_ref().map(Vec::len);
        if !fits {
            return Err(misfit());
        }
        Ok(LayerParams {
            weights: Matrix::from_fn(n_rows, n_cols, |i, j| rows[i][j]),
            biases: biases.clone(),
        })
    });
    let params = Params(layers.collect::<Result<_, _>>()?);
    if params.is_finite() { Ok(params) } else { Err("its weights are not finite".to_owned()) }
}
