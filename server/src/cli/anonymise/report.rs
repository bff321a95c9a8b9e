//! The figures of a published table, as JSON.

use partake_core::microdata::{Measures, Microdata, Published};
use serde_json::{Map, Value, json};

use super::input::{Column, Input};

pub(super) fn json(
    input: &Input,
    data: &Microdata,
    published: &Published,
    measures: &Measures,
    seconds: f64,
) -> String {
    let node = published
        .node()
        .map(|levels| by_name(input.quasi(), levels));
    let report = json!({
        "n": data.rows(),
        "k": measures.k,
        "l": by_name(input.sensitive(), &measures.l),
        "t": by_name(input.sensitive(), &measures.t),
        "classes": measures.classes,
        "suppressed_rows": measures.suppressed,
        "c_avg": measures.c_avg,
        "discernibility": measures.discernibility,
        "gcp": measures.gcp,
        "node": node,
        "seconds": seconds,
    });
    format!("{report:#}\n")
}

fn by_name<'c, T: Clone + Into<Value>>(
    columns: impl Iterator<Item = &'c Column>,
    values: &[T],
) -> Map<String, Value> {
    columns
        .zip(values)
        .map(|(column, value)| (column.name.clone(), value.clone().into()))
        .collect()
}
