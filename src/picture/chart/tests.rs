use super::*;

const FRAME: Frame = Frame { width: 520.0, height: 140.0, text: 13.0 };

fn palette() -> Palette {
    Palette {
        ratio: 1.5,
        stroke: 2.0,
        family: "sans-serif".to_owned(),
        paper: Rgb(255, 255, 255),
        text: Rgb(95, 95, 104),
        line: Rgb(222, 219, 211),
        curve: Rgb(179, 38, 30),
        gradient: Rgb(122, 47, 176),
        ghost: Rgb(138, 143, 163),
        value: Rgb(138, 82, 0),
        ink: Rgb(27, 27, 31),
        low: Rgb(224, 123, 57),
        high: Rgb(18, 63, 156),
    }
}

fn curve(losses: &[f64]) -> LossCurve {
    let point = |(epoch, &loss): (usize, &f64)| LossPoint { epoch: epoch as u64, loss, test_loss: None };
    LossCurve::from_points(losses.iter().enumerate().map(point).collect())
}

fn data(losses: &LossCurve, scale: Scale) -> ChartData<'_> {
    let first = losses.points().first().map_or(f64::NAN, |point| point.loss);
    ChartData { losses, edits: &[], earlier: &[], epoch: 0, loss: Some(first), symbol: "E", scale }
}

fn svg(chart: &Chart) -> String {
    let mut text = String::new();
    let size = |length: f64| (length * palette().ratio) as u32;
    {
        let area = SVGBackend::with_string(&mut text, (size(chart.frame.width), size(chart.frame.height)))
            .into_drawing_area();
        chart.draw(&area, &palette()).unwrap();
        area.present().unwrap();
    }
    text
}

fn labels(ticks: &[axis::Tick]) -> Vec<&str> {
    ticks.iter().map(|tick| tick.label.as_str()).collect()
}

#[test]
fn any_losses_can_be_drawn() {
    let many: Vec<f64> = (0..5000).map(|k| 1.0 / f64::from(k + 1)).collect();
    let cases: [&[f64]; 14] = [
        &[],
        &[0.3],
        &[0.0],
        &[0.3, 0.3, 0.3],
        &[0.0, 0.0],
        &[1.0, 0.0, 0.0],
        &[1e300, 1e-300],
        &[1e-300, 2e-300],
        &[f64::MAX, f64::MIN_POSITIVE],
        &[5e-324, 5e-324],
        &[1e15, 1e15 + 1.0],
        &[-1.0, 1.0],
        &[f64::NAN, f64::INFINITY, 1.0],
        &many,
    ];
    let tiny = Frame { width: 1.0, height: 1.0, text: 13.0 };
    for losses in cases {
        let losses = curve(losses);
        for scale in Scale::ALL {
            for frame in [FRAME, tiny] {
                let chart = Chart::new(&data(&losses, scale), frame);
                assert!(!svg(&chart).contains("NaN"));
                for tick in chart.axis.ticks().iter().chain(chart.epochs.ticks()) {
                    assert!((0.0..=1.0).contains(&tick.share), "{tick:?}");
                }
                assert!(chart.axis.ticks().len() <= 6, "{:?}", chart.axis.ticks());
                for point in &chart.curve {
                    let (x, y) = chart.place(point.epoch, point.loss);
                    assert!(
                        (chart.left..=chart.right).contains(&x) && (chart.top..=chart.bottom).contains(&y)
                    );
                }
            }
        }
    }
}

#[test]
fn ticks_are_few_and_round() {
    let linear = |losses: &[f64]| {
        let losses = curve(losses);
        labels(Chart::new(&data(&losses, Scale::Linear), FRAME).axis.ticks()).join(" ")
    };
    assert_eq!(linear(&[0.32724, 0.0005]), "0 0.1 0.2 0.3 0.4");
    assert_eq!(linear(&[1.0, 0.3]), "0 0.2 0.4 0.6 0.8 1");
    assert_eq!(linear(&[7e-6]), "0 2×10⁻⁶ 4×10⁻⁶ 6×10⁻⁶ 8×10⁻⁶");
    assert_eq!(linear(&[]), "0 0.2 0.4 0.6 0.8 1");
    let logarithmic = |losses: &[f64]| {
        let losses = curve(losses);
        labels(Chart::new(&data(&losses, Scale::Logarithmic), FRAME).axis.ticks()).join(" ")
    };
    assert_eq!(logarithmic(&[0.3, 3.5e-5]), "0.0001 0.001 0.01 0.1");
    assert_eq!(logarithmic(&[0.3, 0.2]), "0.2 0.25 0.3");
    assert_eq!(logarithmic(&[0.3, 0.29]), "0.1 0.2 0.5");
}

#[test]
fn an_axis_has_three_places_or_more_and_the_highest_loss_is_not_above_them() {
    let low = Frame { height: 90.0, ..FRAME };
    for k in -40..40 {
        for mantissa in [1.0, 1.01, 1.9, 3.2724, 4.999, 5.0, 7.3, 9.9] {
            let losses = curve(&[mantissa * libm::pow(10.0, f64::from(k)), 0.0]);
            for frame in [FRAME, low] {
                let chart = Chart::new(&data(&losses, Scale::Linear), frame);
                let ticks = chart.axis.ticks();
                assert!(3 <= ticks.len() && ticks.len() <= 6, "{ticks:?}");
                assert!(
                    chart.axis.share(mantissa * libm::pow(10.0, f64::from(k)))
                        <= ticks.last().unwrap().share + 1e-9
                );
            }
        }
    }
}

#[test]
fn the_axis_of_epochs_ends_at_a_round_number() {
    for (last, expected) in [
        (0, "0 2 4 6 8 10"),
        (11, "0 2 4 6 8 10 12"),
        (100, "0 20 40 60 80 100"),
        (10_000, "0 5,000 10,000"),
        (1_234_567, "0 500,000 1,000,000 1,500,000"),
    ] {
        let axis = EpochAxis::new(last.max(MIN_LAST_EPOCH), 480.0, 13.0);
        assert_eq!(labels(axis.ticks()).join(" "), expected);
    }
}

#[test]
fn every_epoch_is_found_under_its_pixel() {
    let losses = curve(&[0.5; 300]);
    let chart = Chart::new(&data(&losses, Scale::Linear), FRAME);
    for epoch in 0..300 {
        let (x, _) = chart.place(epoch, 0.5);
        assert_eq!(chart.epoch_at(x), Some(epoch));
        assert_eq!(chart.epoch_of(chart.place_of(epoch)), epoch);
        assert_eq!(chart.reading(epoch).map(|reading| (reading.epoch, reading.x)), Some((epoch, x)));
    }
    assert_eq!(chart.epoch_at(-50.0), Some(0));
    assert_eq!(chart.epoch_at(1e9), Some(299));
    assert_eq!(chart.reading(300), None);
}

#[test]
fn a_thinned_curve_is_read_at_the_epochs_that_it_has_kept() {
    let points = (0..9_000).map(|epoch| LossPoint { epoch, loss: 1.0, test_loss: None }).collect();
    let losses = LossCurve::from_points(points);
    let chart = Chart::new(&data(&losses, Scale::Linear), FRAME);
    for k in 0..1000 {
        let epoch = chart.epoch_at(chart.left + f64::from(k) * (chart.right - chart.left) / 1000.0).unwrap();
        assert!(chart.reading(epoch).is_some_and(|reading| reading.loss == Some(1.0)));
    }
}

#[test]
fn an_earlier_run_is_read_where_this_one_has_not_come() {
    let run = curve(&[0.5, 0.4]);
    let kept = |number, losses: &[f64]| Rc::new(EarlierRun::new(number, "a 0.05", curve(losses)));
    let earlier = [kept(1, &[0.5, 0.45, 0.35, 0.25]), kept(2, &[0.5, 0.3, 0.2])];
    let chart = Chart::new(&ChartData { earlier: &earlier, ..data(&run, Scale::Linear) }, FRAME);
    let text = |epoch: u64| {
        let (x, _) = chart.place(epoch, 0.0);
        chart.reading(chart.epoch_at(x).unwrap()).unwrap().text(3)
    };
    assert_eq!(text(1), "epoch 1: 0.4, run 1 0.45, run 2 0.3");
    assert_eq!(text(3), "epoch 3: run 1 0.25");
    assert_eq!(chart.earlier().count(), 2);
    // Each has a stroke of its own: the dashes of one are shorter than those of the other.
    let dashes = |number| Chart::dash_of(&kept(number, &[]));
    assert_ne!(dashes(1), dashes(2));
    assert_eq!(svg(&chart).matches("#B3261E").count(), 3, "curve, ring and dot");
}

#[test]
fn edits_have_marks_and_words_where_there_is_room() {
    let losses = curve(&[0.5; 101]);
    let marks = |edits: &[(u64, &str)], width: f64| {
        let edits: Vec<(u64, String)> = edits.iter().map(|&(epoch, text)| (epoch, text.to_owned())).collect();
        let data = ChartData { edits: &edits, ..data(&losses, Scale::Linear) };
        Chart::new(&data, Frame { width, ..FRAME }).marks().to_vec()
    };
    let words = |marks: &[EditMark]| -> Vec<(u64, String, Option<Side>)> {
        marks.iter().map(|mark| (mark.epoch, mark.text.clone(), mark.has_room.then_some(mark.side))).collect()
    };
    let (rate, weight) = ("a 0.05 → 0.6", "w₅ 0.14 → 2");
    let told = |epoch, text: &str, side| (epoch, text.to_owned(), side);
    // Far apart: behind each mark; at the end: before it.
    assert_eq!(
        words(&marks(&[(20, rate), (95, weight)], 520.0)),
        [told(20, rate, Some(Side::Right)), told(95, weight, Some(Side::Left))]
    );
    // Too near for words, too near for marks.
    assert_eq!(
        words(&marks(&[(40, rate), (50, weight)], 520.0)),
        [told(40, rate, Some(Side::Left)), told(50, weight, Some(Side::Right))]
    );
    let both = format!("{rate}; {weight}");
    assert_eq!(words(&marks(&[(40, rate), (42, weight)], 520.0)), [told(40, &both, Some(Side::Right))]);
    assert!(!marks(&[(40, rate), (60, weight), (70, rate)], 200.0)[1].has_room);

    // Their words lie nowhere over each other, and within the chart.
    for width in [200.0, 320.0, 520.0, 900.0] {
        let edits: Vec<(u64, &str)> = (1..100).step_by(9).map(|epoch| (epoch, rate)).collect();
        let mut end = 0.0;
        for mark in marks(&edits, width) {
            let room = axis::text_width(&mark.text, FRAME.text);
            let (from, to) = match mark.has_room.then_some(mark.side) {
                Some(Side::Left) => (mark.x - room, mark.x),
                Some(Side::Right) => (mark.x, mark.x + room),
                None => (mark.x, mark.x),
            };
            assert!(end <= from && to <= width, "{width}: {mark:?}");
            end = to;
        }
    }
}

#[test]
fn the_part_behind_an_edit_is_drawn_broader() {
    let losses = curve(&[0.5, 0.4, 0.3, 0.6, 0.2, 0.1]);
    let edits = [(3, "w₅ 0.14 → 2".to_owned())];
    let drawn = |edits| svg(&Chart::new(&ChartData { edits, ..data(&losses, Scale::Linear) }, FRAME));
    let widths = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.starts_with("<polyline") && line.contains("#B3261E"));
        lines.filter_map(|l| Some(l.split("stroke-width=\"").nth(1)?.split('"').next()?.to_owned())).collect()
    };
    assert_eq!(widths(&drawn(&[])), ["3"]);
    assert_eq!(widths(&drawn(&edits)), ["2", "3"]);
}

#[test]
fn zero_on_a_logarithmic_axis_is_said_in_words() {
    let losses = curve(&[0.5, 0.25, 0.0]);
    let remark = |scale| Chart::new(&data(&losses, scale), FRAME).remark();
    assert_eq!(remark(Scale::Linear), None);
    assert_eq!(
        remark(Scale::Logarithmic).as_deref(),
        Some("0 has no logarithm: it is drawn at the smallest loss above 0, 0.25.")
    );
}

#[test]
fn the_run_is_told_in_a_sentence() {
    let losses = curve(&[0.32724, 0.1, 0.00052]);
    let chart = Chart::new(&data(&losses, Scale::Linear), FRAME);
    assert_eq!(chart.summary(), "E per epoch: from 0.327 at epoch 0 to 0.00052 at epoch 2");
}

#[test]
fn colours_are_read_as_the_style_sheet_writes_them() {
    assert_eq!(Rgb::from_hex(" #b3261e"), Some(Rgb(0xb3, 0x26, 0x1e)));
    assert_eq!(Rgb::from_hex("#fff"), Some(Rgb(255, 255, 255)));
    for wrong in ["", "red", "#ff", "#gggggg", "rgb(0,0,0)"] {
        assert_eq!(Rgb::from_hex(wrong), None);
    }
}
