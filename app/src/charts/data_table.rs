//! The table behind a chart.

use leptos::prelude::*;

/// A table of texts: a head, and rows that begin with their label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataTable {
    pub caption: String,
    pub head: Vec<String>,
    pub rows: Vec<(String, Vec<String>)>,
}

/// The table, in a frame of its own that scrolls where the page is narrow.
#[component]
pub fn DataTableView(table: DataTable) -> impl IntoView {
    let DataTable {
        caption,
        head,
        rows,
    } = table;
    let head: Vec<_> = head
        .into_iter()
        .map(|text| view! { <th scope="col">{text}</th> })
        .collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(label, cells)| {
            let cells: Vec<_> = cells
                .into_iter()
                .map(|text| view! { <td>{text}</td> })
                .collect();
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    {cells}
                </tr>
            }
        })
        .collect();
    let label = caption.clone();
    view! {
        <div class="table-frame" role="region" aria-label=label tabindex="0">
            <table>
                <caption>{caption}</caption>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
