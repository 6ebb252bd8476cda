//! Drawn rows and drawn tasks against a small model: no run breaks down, every record is accounted for, and what is written
//! is what the model says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use common::lab::{Lab, flow, map, map_all, task};
use fastrand::Rng;
use serde_json::{Map, Value, json};

const CASES: u64 = 150;
const COLUMNS: [&str; 3] = ["a", "b", "c"];
const VALUES: [&str; 9] = [
    "",
    "0",
    "-1",
    "7",
    "12",
    "0.5",
    "x",
    "Ada L",
    "\u{e9},\"\u{1F980}",
];

type Record = Map<String, Value>;

/// What the model keeps of a task.
#[derive(Clone, Debug)]
enum Step {
    LessThan(&'static str, i32),
    NotEqual(&'static str, &'static str),
    NonNull(&'static str),
    Add,
    Join,
    Cut(&'static str, usize),
    MaskFirst(&'static str, usize),
    Map(String, String),
    All(Vec<&'static str>),
    Project(Vec<&'static str>),
}

/// What becomes of a record.
enum Fate {
    Written(Record),
    Filtered,
    Dropped,
    Failed,
}

fn number(text: &str) -> Option<f64> {
    text.parse()
        .ok()
        .filter(|_| text.starts_with(|c: char| c.is_ascii_digit() || c == '-'))
}

fn text(record: &Record, name: &str) -> String {
    match record.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}

fn fate(steps: &[Step], record: &Record) -> Fate {
    let mut row = record.clone();
    for step in steps {
        let passes = match step {
            Step::LessThan(name, than) => {
                number(&text(&row, name)).is_some_and(|it| it < f64::from(*than))
            }
            Step::NotEqual(name, to) => text(&row, name) != *to,
            _ => true,
        };
        if !passes {
            return Fate::Filtered;
        }
    }
    if steps
        .iter()
        .any(|step| matches!(step, Step::NonNull(name) if text(&row, name).is_empty()))
    {
        return Fate::Dropped;
    }
    for step in steps {
        match step {
            Step::Add => {
                let (a, b) = (text(&row, "a"), text(&row, "b"));
                let sum = match (a.is_empty(), number(&a), b.is_empty(), number(&b)) {
                    (true, ..) => Value::Null,
                    (_, None, ..) => return Fate::Failed,
                    (_, _, true, _) => Value::Null,
                    (_, _, _, None) => return Fate::Failed,
                    (_, Some(a), _, Some(b)) if (a + b).fract() == 0.0 => json!((a + b) as i64),
                    (_, Some(a), _, Some(b)) => json!(a + b),
                };
                row.insert("a,b".to_owned(), sum);
            }
            Step::Join => {
                let joined = text(&row, "b") + "-" + &text(&row, "c");
                row.insert("b,c".to_owned(), json!(joined));
            }
            _ => {}
        }
    }
    for step in steps {
        if let Step::Cut(name, length) = step {
            let cut: String = text(&row, name).chars().take(*length).collect();
            row.insert((*name).to_owned(), json!(cut));
        }
    }
    for step in steps {
        if let Step::MaskFirst(name, length) = step {
            let masked = text(&row, name);
            let masked = masked
                .chars()
                .enumerate()
                .map(|(at, c)| if at < *length { '*' } else { c });
            row.insert((*name).to_owned(), json!(masked.collect::<String>()));
        }
    }
    Fate::Written(mapped(steps, &row))
}

fn mapped(steps: &[Step], row: &Record) -> Record {
    let projected = |name: &str| {
        name.contains(',')
            || steps.iter().all(|step| match step {
                Step::Project(fields) => fields.contains(&name),
                _ => true,
            })
    };
    let mut out = Record::new();
    for step in steps {
        if let Step::All(except) = step {
            for name in COLUMNS {
                if !except.contains(&name) && projected(name) {
                    out.insert(name.to_owned(), row[name].clone());
                }
            }
        }
    }
    for step in steps {
        if let Step::Map(from, to) = step
            && let Some(value) = row.get(from).filter(|_| projected(from))
        {
            out.insert(to.clone(), value.clone());
        }
    }
    out
}

fn draw(random: &mut Rng) -> Vec<Step> {
    let column = |random: &mut Rng| random.choice(COLUMNS).unwrap();
    let mut steps = Vec::new();
    for _ in 0..random.usize(..4) {
        steps.push(match random.u8(..5) {
            0 => Step::LessThan(column(random), random.i32(-2..15)),
            1 => Step::NotEqual(column(random), random.choice(&VALUES[1..]).unwrap()),
            2 => Step::NonNull(column(random)),
            3 => Step::Cut(column(random), random.usize(..4)),
            _ => Step::MaskFirst(column(random), random.usize(..4)),
        });
    }
    // Two cuts or masks of one field depend on their order, which both sides keep.
    if random.bool() {
        steps.push(Step::All(if random.bool() {
            vec![column(random)]
        } else {
            vec![]
        }));
    } else {
        steps.push(Step::Map(column(random).to_owned(), "m".to_owned()));
        steps.push(Step::Map("absent".to_owned(), "n".to_owned()));
    }
    if random.u8(..3) == 0 {
        steps.push(Step::Project(vec!["a", column(random)]));
    }
    if random.bool() {
        steps.extend([Step::Add, Step::Map("a,b".to_owned(), "sum".to_owned())]);
    }
    if random.bool() {
        steps.extend([Step::Join, Step::Map("b,c".to_owned(), "joined".to_owned())]);
    }
    random.shuffle(&mut steps);
    steps
}

fn tasks(steps: &[Step]) -> Vec<Value> {
    let of = |step: &Step| match step {
        Step::LessThan(name, than) => task(
            "Filter",
            "LESS_THAN",
            &[name],
            "",
            json!({"DATA_TYPE": "double", "VALUE": than.to_string()}),
        ),
        Step::NotEqual(name, to) => task(
            "Filter",
            "NOT_EQUAL_TO",
            &[name],
            "",
            json!({"DATA_TYPE": "string", "VALUE": to}),
        ),
        Step::NonNull(name) => task(
            "Validate",
            "VALIDATE_NON_NULL",
            &[name],
            "",
            json!({"VALIDATION_ACTION": "DropRecord"}),
        ),
        Step::Add => task(
            "Arithmetic",
            "ADDITION",
            &["a", "b"],
            "a,b",
            json!({"MATH_OPERATION_FIELDS_ORDER": "a,b"}),
        ),
        Step::Join => task(
            "Merge",
            "NO_OP",
            &["b", "c"],
            "b,c",
            json!({"CONCAT_FORMAT": "-"}),
        ),
        Step::Cut(name, length) => task(
            "Truncate",
            "NO_OP",
            &[name],
            "",
            json!({"TRUNCATE_LENGTH": length.to_string()}),
        ),
        Step::MaskFirst(name, length) => {
            let properties = json!({"MASK_LENGTH": length.to_string(), "MASK_VALUE": "*"});
            task("Mask", "MASK_FIRST_N", &[name], "", properties)
        }
        Step::Map(from, to) => map(from, to),
        Step::All(except) => {
            let mut all = map_all();
            all["taskProperties"] =
                json!({"EXCLUDE_SOURCE_FIELDS_LIST": json!(except).to_string()});
            all
        }
        Step::Project(fields) => task("Filter", "PROJECTION", fields, "", json!({})),
    };
    steps.iter().map(of).collect()
}

fn csv(records: &[Record]) -> String {
    let quoted = |text: String| format!("\"{}\"", text.replace('"', "\"\""));
    let mut csv = COLUMNS.join(",") + "\n";
    for record in records {
        let fields = COLUMNS.map(|name| quoted(text(record, name)));
        csv += &(fields.join(",") + "\n");
    }
    csv
}

#[tokio::test]
async fn drawn_rows_and_tasks_come_out_as_the_model_says() {
    let lab = Lab::new().await;
    let mut written_in_all = 0;
    for seed in 0..CASES {
        let mut random = Rng::with_seed(seed);
        let record = |random: &mut Rng| -> Record {
            let value = |random: &mut Rng| json!(random.choice(VALUES).unwrap());
            COLUMNS
                .iter()
                .map(|name| ((*name).to_owned(), value(random)))
                .collect()
        };
        let records: Vec<Record> = (0..random.usize(1..30))
            .map(|_| record(&mut random))
            .collect();
        let steps = draw(&mut random);
        let as_csv = random.bool();
        let text = if as_csv {
            csv(&records)
        } else {
            records
                .iter()
                .map(|record| json!(record).to_string() + "\n")
                .collect()
        };
        lab.write("from/data", text);
        let name = format!("flow-{seed}");
        lab.call("/create-flow", &flow(&name, &tasks(&steps), json!({})))
            .await;
        let ran = lab.start(&name).await;
        let (mut expected, mut others, mut failed) = (Vec::new(), 0, 0);
        for record in &records {
            match fate(&steps, record) {
                Fate::Written(row) => expected.push(Value::Object(row)),
                Fate::Filtered | Fate::Dropped => others += 1,
                Fate::Failed => failed += 1,
            }
        }
        let shown = format!("seed {seed}: {steps:?}\n{}\n{ran:?}", csv(&records));
        let all_failed = failed > 0 && expected.is_empty();
        assert_eq!(
            ran.status,
            if all_failed { "Error" } else { "Successful" },
            "{shown}"
        );
        let found = ran
            .files
            .get(&format!("{name}/ID"))
            .map_or("", String::as_str);
        let found: Vec<Value> = found
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(found, expected, "{shown}");
        assert_eq!(found.len() + others + failed, records.len());
        assert_eq!(ran.result["recordsProcessed"], records.len(), "{shown}");
        let failures = ran.result["errorInfo"]["putFailuresCount"]
            .as_u64()
            .unwrap_or(0);
        assert_eq!(failures, failed as u64, "{shown}");
        written_in_all += found.len();
    }
    assert!(
        written_in_all > 300,
        "the drawn tasks leave nothing over: {written_in_all}"
    );
}
