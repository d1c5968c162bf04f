//! What the dialog shows: how the file is written, its columns, what becomes of them, and the result.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Change, Event as Happens, Import, Stage};
use crate::lesson::limits;
use crate::lesson::table::{
    Choices, ColumnChoice, ColumnRole, DecimalMark, Delimiter, Dialect, Encoding, ImportPlan, Table, TakenAs,
};
use crate::page::parts::around::around;
use crate::page::parts::choice::{Choice, Choosable, by_name};
use crate::page::parts::number_field::{NumberChange, NumberField};
use crate::session::Action;
use crate::text::format;
use crate::words::around::Place;
use crate::words::lists::listed;
use crate::words::page::{dialog, files, table_file as words};
use crate::words::{counts, paragraph};

/// Up to so many columns each has a row of its own; of more, the first ones and the last.
const MAX_ROWS: usize = 60;

impl Import {
    /// The dialog's content.
    pub(super) fn html(&self, send: &Callback<Happens>, dispatch: &Callback<Action>) -> Html {
        let size = match &self.stage {
            Stage::Read(table, _) => {
                listed([&*counts::rows(table.n_rows()), &*words::columns_of(table.columns().len())])
            }
            _ => files::bytes(self.file.size() as usize),
        };
        let on_cancel = send.reform(|_: MouseEvent| Happens::Close);
        let (content, plan) = match &self.stage {
            Stage::Loading => (progress(None, 1), None),
            Stage::Reading(at) => (progress(Some(*at), self.bytes.len()), None),
            Stage::Failed(_) => (html! {}, None),
            Stage::Read(table, choices) => {
                let form = Form { table, choices, send };
                (form.html(), Some(table.plan(choices)))
            }
        };
        let problem = match (&self.stage, &self.refusal, &plan) {
            (Stage::Failed(sentence), ..) | (_, Some(sentence), _) | (.., Some(Err(sentence))) => {
                Some(sentence)
            }
            _ => None,
        };
        let on_import = {
            let (import, send, dispatch) = (self.clone(), send.clone(), dispatch.clone());
            Callback::from(move |_: MouseEvent| import.go(&send, &dispatch))
        };
        let can_import = matches!(plan, Some(Ok(_))) && problem.is_none();
        html! {
            <>
                <h2 id="table-title">{words::import_csv()}</h2>
                <p class="file"><b>{self.file.name()}</b>{" "}<span>{size}</span></p>
                // Also while the file is read again, so that the focus stays where it is.
                if let Some(dialect) = self.dialect {
                    {dialect_choices(dialect, send)}
                }
                {content}
                <div role="alert">
                    if let Some(sentence) = problem {
                        <p class="problem"><span aria-hidden="true">{"⚠ "}</span>{sentence}</p>
                    }
                </div>
                if let (Some(Ok(plan)), None) = (&plan, problem) {
                    <p role="status" aria-label={words::what_will_be_imported()}>{in_words(plan)}</p>
                }
                <p class="deeds">
                    <button type="button" class="primary" disabled={!can_import} onclick={on_import}>{words::import()}</button>
                    <button type="button" onclick={on_cancel}>{dialog::cancel()}</button>
                </p>
            </>
        }
    }

    /// Makes the table the lesson's data.
    fn go(&self, send: &Callback<Happens>, dispatch: &Callback<Action>) {
        let Stage::Read(table, choices) = &self.stage else {
            return;
        };
        match table.import(choices, &self.file.name()) {
            Err(sentence) => send.emit(Happens::Refuse(sentence)),
            Ok(imported) => {
                let change = Change::Import(imported.into());
                dispatch.emit(Action::Design { change, continues: false });
                send.emit(Happens::Close);
            }
        }
    }
}

fn progress(at: Option<usize>, n: usize) -> Html {
    html! {
        <p class="reading">
            <label>
                {around(&files::reading(&Place(0)), [html! {
                    <progress max={n.to_string()} value={at.map(|at| at.to_string())} />
                }])}
            </label>
        </p>
    }
}

/// What will be imported, and what becomes of missing cells.
fn in_words(plan: &ImportPlan) -> String {
    paragraph([&*plan.in_words(), &plan.missing_in_words().unwrap_or_default()])
}

/// How the file is written, which the reader may know better.
fn dialect_choices(dialect: Dialect, send: &Callback<Happens>) -> Html {
    let delimiters = by_name(Delimiter::ALL, Delimiter::name);
    let decimals = by_name(DecimalMark::ALL, DecimalMark::name);
    let encodings = by_name(Encoding::ANSI, Encoding::name);
    let on_encoding = send.reform(move |encoding| Happens::SetDialect(Dialect { encoding, ..dialect }));
    let on_delimiter = send.reform(move |delimiter| Happens::SetDialect(Dialect { delimiter, ..dialect }));
    let on_decimal = send.reform(move |decimal| Happens::SetDialect(Dialect { decimal, ..dialect }));
    let on_header = send.reform(move |event: Event| {
        Happens::SetDialect(Dialect { has_header: is_checked(&event), ..dialect })
    });
    html! {
        <p class="choices">
            if Encoding::ANSI.contains(&dialect.encoding) {
                <span>
                    {around(&words::encoding_is(&Place(0)), [html! {
                        <Choice<Encoding> label={words::encoding()} options={encodings} value={dialect.encoding} on_choose={on_encoding} />
                    }])}
                </span>
            }
            <span>
                {around(&words::delimiter_is(&Place(0)), [html! {
                    <Choice<Delimiter> label={words::delimiter()} options={delimiters} value={dialect.delimiter} on_choose={on_delimiter} />
                }])}
            </span>
            <span>
                {around(&words::decimal_is(&Place(0)), [html! {
                    <Choice<DecimalMark> label={words::decimal_mark()} options={decimals} value={dialect.decimal} on_choose={on_decimal} />
                }])}
            </span>
            {check_box(dialect.has_header, on_header, words::first_row_holds_names())}
        </p>
    }
}

/// What is chosen of a table.
struct Form<'a> {
    table: &'a Table,
    choices: &'a Choices,
    send: &'a Callback<Happens>,
}

impl Form<'_> {
    fn html(&self) -> Html {
        let notes = self.table.notes(self.choices);
        html! {
            <>
                {self.columns()}
                if !notes.is_empty() {
                    <ul class="notes" aria-label={words::notes()}>
                        {for notes.iter().map(|note| html! { <li>{note}</li> })}
                    </ul>
                }
                {self.options()}
            </>
        }
    }

    /// Changes the choices by what happens to a control.
    fn change<T: 'static>(&self, change: impl Fn(&mut Choices, T) + 'static) -> Callback<T> {
        let choices = self.choices.clone();
        self.send.reform(move |value| {
            let mut choices = choices.clone();
            change(&mut choices, value);
            Happens::Choose(choices)
        })
    }

    fn columns(&self) -> Html {
        let n = self.table.columns().len();
        let n_first = if n <= MAX_ROWS { n } else { MAX_ROWS - 1 };
        let n_shown = self.table.columns().iter().map(|column| column.preview().len()).max().unwrap_or(0);
        let lines = &self.table.lines()[..n_shown];
        html! {
            <div class="scroller">
                <table aria-label={words::columns()}>
                    <thead>
                        <tr>
                            <th scope="col">{words::column()}</th>
                            <th scope="col">{words::use_as()}</th>
                            <th scope="col">{words::taken_as()}</th>
                            <th scope="col">{words::holds()}</th>
                            {for lines.iter().map(|line| html! { <th key={*line} scope="col">{words::line(line)}</th> })}
                        </tr>
                    </thead>
                    <tbody>
                        {for (0..n_first).map(|k| self.column(k))}
                        if n_first < n {
                            {self.others(n_first..n - 1)}
                            {self.column(n - 1)}
                        }
                    </tbody>
                </table>
            </div>
        }
    }

    fn column(&self, k: usize) -> Html {
        let column = &self.table.columns()[k];
        let ColumnChoice { role, taken_as } = self.choices.columns[k];
        let name = if column.name.is_empty() { words::column_number(&(k + 1)) } else { column.name.clone() };
        let on_role = self.change(move |choices, role: ColumnRole| choices.columns[k].role = role);
        let kinds = by_name(TakenAs::ALL, TakenAs::name);
        let on_kind = self.change(move |choices, taken_as| choices.columns[k].taken_as = taken_as);
        html! {
            <tr key={k} class={role_class(role)}>
                <th scope="row">{&name}</th>
                <td>{role_choice(words::use_of(&name), Some(role), on_role)}</td>
                <td>
                    if role != ColumnRole::Ignore {
                        <Choice<TakenAs> label={words::kind_of(&name)} options={kinds} value={taken_as} on_choose={on_kind} />
                    }
                </td>
                <td class="holds">{column.describe(taken_as)}</td>
                {for column.preview().iter().enumerate().map(|(k, cell)| html! { <td key={k}>{cell}</td> })}
            </tr>
        }
    }

    /// The columns without a row of their own, together.
    fn others(&self, range: std::ops::Range<usize>) -> Html {
        let first = self.choices.columns[range.start].role;
        let are_same = self.choices.columns[range.clone()].iter().all(|choice| choice.role == first);
        let n = range.len();
        let on_role = self.change(move |choices, role: ColumnRole| {
            choices.columns[range.clone()].iter_mut().for_each(|choice| choice.role = role);
        });
        html! {
            <tr key="others">
                <th scope="row">{words::more_columns(n)}</th>
                <td>{role_choice(words::use_of_others(), are_same.then_some(first), on_role)}</td>
                <td /><td class="holds">{"…"}</td>
            </tr>
        }
    }

    fn options(&self) -> Html {
        let choices = self.choices;
        let on_inputs = self.change(|choices, event: Event| choices.standardises_inputs = is_checked(&event));
        let on_targets =
            self.change(|choices, event: Event| choices.standardises_targets = is_checked(&event));
        let on_held_out = self.number(
            |x| (0.0..=limits::HELD_OUT).contains(&x),
            |typed| words::test_share_accepted(&typed, &limits::HELD_OUT),
            |choices, x| choices.held_out = x,
        );
        let on_seed = self.number(
            |x| (0.0..=1e15).contains(&x) && x.fract() == 0.0,
            |typed| words::seed_accepted(&typed),
            |choices, x| choices.seed = x as u64,
        );
        let on_refuse = self.send.reform(Happens::Refuse);
        let field = |label: &'static str, value: f64, on_change: Callback<NumberChange>| {
            html! {
                <NumberField {label} {value} digits={format::FULL_DIGITS} is_unsigned=true {on_change} on_refuse={on_refuse.clone()} />
            }
        };
        let test_share = field(words::test_share(), choices.held_out, on_held_out);
        let seed = field(words::seed(), choices.seed as f64, on_seed);
        let has_numbers = |role| {
            choices.columns.iter().any(|choice| choice.role == role && choice.taken_as == TakenAs::Numbers)
        };
        let on_missing = self.change(|choices, event: Event| choices.fills_missing = is_checked(&event));
        html! {
            <p class="choices">
                if self.table.misses_inputs(choices) {
                    {check_box(choices.fills_missing, on_missing, words::fill_missing())}
                }
                if has_numbers(ColumnRole::Input) {
                    {check_box(choices.standardises_inputs, on_inputs, words::standardise_inputs())}
                }
                if has_numbers(ColumnRole::Target) {
                    {check_box(choices.standardises_targets, on_targets, words::standardise_targets())}
                }
                <span>{around(&words::test_share_is(&Place(0)), [test_share])}</span>
                <span>{around(&words::seed_is(&Place(0)), [seed])}</span>
            </p>
        }
    }

    fn number(
        &self,
        is_accepted: fn(f64) -> bool,
        refused: fn(String) -> String,
        set: fn(&mut Choices, f64),
    ) -> Callback<NumberChange> {
        let choices = self.choices.clone();
        self.send.reform(move |NumberChange { value, .. }| {
            if !is_accepted(value) {
                return Happens::Refuse(refused(format::number(value, format::FULL_DIGITS)));
            }
            let mut choices = choices.clone();
            set(&mut choices, value);
            Happens::Choose(choices)
        })
    }
}

/// What a column is used as, as the style sheet knows it.
fn role_class(role: ColumnRole) -> &'static str {
    match role {
        ColumnRole::Input => "input",
        ColumnRole::Target => "target",
        ColumnRole::Ignore => "ignore",
    }
}

fn check_box(is_checked: bool, onchange: Callback<Event>, says: &'static str) -> Html {
    html! { <label><input type="checkbox" checked={is_checked} {onchange} />{" "}{says}</label> }
}

fn role_choice(label: impl Into<AttrValue>, role: Option<ColumnRole>, on_role: Callback<ColumnRole>) -> Html {
    let mut options: Vec<Choosable<Option<ColumnRole>>> =
        ColumnRole::ALL.map(|one| (Some(one), one.name().into())).to_vec();
    if role.is_none() {
        options.insert(0, (None, words::mixed().into()));
    }
    let on_choose = Callback::from(move |role| {
        if let Some(role) = role {
            on_role.emit(role);
        }
    });
    html! { <Choice<Option<ColumnRole>> label={label.into()} {options} value={role} {on_choose} /> }
}

fn is_checked(event: &Event) -> bool {
    event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked())
}
