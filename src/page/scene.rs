//! What every panel reads.

use std::rc::Rc;

use yew::prelude::*;

use crate::explanation::{Detail, Explanation, explain_run, explain_stretch, question};
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::run::flow::StuckUnits;
use crate::session::{Action, Playback, Session};
use backprop::network::Param;

/// Terms of a sum that the step card writes out before it shortens the middle.
const MAX_TERMS: usize = 12;

/// The session and what its step says. Cheap to clone and to compare: two scenes are equal if they
/// were made from the same session.
#[derive(Clone)]
pub struct Scene(Rc<Inside>);

struct Inside {
    session: Rc<Session>,
    explanation: Explanation,
    current: Vec<Quantity>,
}

impl PartialEq for Scene {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || Rc::ptr_eq(&self.0.session, &other.0.session)
    }
}

impl Scene {
    /// The scene of a session.
    pub fn new(session: Rc<Session>) -> Self {
        let detail = Detail { digits: session.settings().digits, max_terms: MAX_TERMS };
        let moment = session.moment();
        let explanation = match session.playback() {
            Playback::Running { .. } => explain_run(moment),
            _ => explain_stretch(moment, session.grain(), detail),
        };
        let waits = moment.is_asking() || moment.step().is_none() && !session.tells_loss();
        let explanation = if waits { question(explanation, moment) } else { explanation };
        let current = explanation.current();
        Self(Rc::new(Inside { session, explanation, current }))
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.0.session
    }

    /// The same, to be kept.
    pub fn shared_session(&self) -> Rc<Session> {
        Rc::clone(&self.0.session)
    }

    /// The instant that is shown.
    pub fn moment(&self) -> &Moment {
        self.0.session.moment()
    }

    /// What the step card says.
    pub fn explanation(&self) -> &Explanation {
        &self.0.explanation
    }

    /// Significant digits to show.
    pub fn digits(&self) -> u8 {
        self.0.session.settings().digits
    }

    /// `x` as text.
    pub fn number(&self, x: f64) -> String {
        crate::text::format::number(x, self.digits())
    }

    /// Every quantity that the current step is about.
    pub fn current(&self) -> &[Quantity] {
        &self.0.current
    }

    /// Whether the current step is about this quantity.
    pub fn is_current(&self, quantity: Quantity) -> bool {
        self.0.current.contains(&quantity)
    }

    /// The parameter that the current step is about (its derivative or its update).
    pub fn current_param(&self) -> Option<Param> {
        self.0.explanation.equations.last().and_then(|equation| equation.result.param())
    }
}

/// What a panel is given: the scene, a way to act, and the quantity under the pointer or focus
/// anywhere on the page, which every panel lights.
#[derive(Clone, PartialEq)]
pub struct Panel {
    /// What to show.
    pub scene: Scene,
    /// What to call when the user acts.
    pub dispatch: Callback<Action>,
    /// The quantity to light.
    pub lit: Option<Quantity>,
    /// To call with the quantity that the pointer or focus enters, `None` as it leaves.
    pub on_lit: Callback<Option<Quantity>>,
    /// The quantities of the path through the network that has been chosen, to light as well.
    pub path: Rc<[Quantity]>,
    /// To call with the quantities of a chosen path, or with none.
    pub on_path: Callback<Rc<[Quantity]>>,
    /// The units that are marked as stuck.
    pub stuck: Rc<StuckUnits>,
    /// To call with the units to mark as stuck, or with none.
    pub on_stuck: Callback<Rc<StuckUnits>>,
}

/// The props of a component that is given a [`Panel`].
#[derive(Clone, PartialEq, Properties)]
pub struct PanelProps {
    /// What it is given.
    pub panel: Panel,
}

/// The props of a component that lights nothing.
#[derive(Clone, PartialEq, Properties)]
pub struct SceneProps {
    /// What to show.
    pub scene: Scene,
    /// What to call when the user acts.
    pub dispatch: Callback<Action>,
}

impl Panel {
    /// Whether `quantity` is the one under the pointer.
    pub fn is_lit(&self, quantity: Quantity) -> bool {
        let moment = self.scene.moment();
        let is_same = |lit: Quantity| moment.canonical(lit) == moment.canonical(quantity);
        self.all_lit().any(is_same)
    }

    /// Everything to light: what is under the pointer, and the chosen path.
    pub fn all_lit(&self) -> impl Iterator<Item = Quantity> {
        self.lit.into_iter().chain(self.path.iter().copied())
    }

    /// Whether the quantity under the pointer is about `param`.
    pub fn is_param_lit(&self, param: Param) -> bool {
        self.lit.and_then(Quantity::param) == Some(param)
    }

    /// A callback that lights `quantity`: for `onmouseenter` and `onfocusin`.
    pub fn light<E>(&self, quantity: Quantity) -> Callback<E> {
        self.on_lit.reform(move |_| Some(quantity))
    }

    /// A callback that lights nothing: for `onmouseleave` and `onfocusout`.
    pub fn unlight<E>(&self) -> Callback<E> {
        self.on_lit.reform(|_| None)
    }

    /// The classes of a mark of `quantity`: its colour, and whether it is current or lit.
    pub fn classes(&self, quantity: Quantity) -> Classes {
        classes!(
            quantity.role().class(),
            self.scene.is_current(quantity).then_some("is-current"),
            self.is_lit(quantity).then_some("is-lit"),
        )
    }
}
