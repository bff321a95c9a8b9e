//! What every anonymised table keeps to, whatever the data: classes, diversity, ladders, measures.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::{BTreeMap, BTreeSet, HashMap};

use partake_core::microdata::{
    ANY, AnonymiseError, Hierarchy, Measures, Method, Microdata, Published, QuasiIdentifier, Rules,
    Sensitive, anonymise, measure,
};
use proptest::prelude::*;

/// Eight leaves in pairs, in fours, and all together.
fn halves() -> Hierarchy {
    let rows: Vec<Vec<String>> = (0..8)
        .map(|leaf: u32| {
            vec![
                leaf.to_string(),
                format!("{}-{}", leaf / 2 * 2, leaf / 2 * 2 + 1),
                format!("{}-{}", leaf / 4 * 4, leaf / 4 * 4 + 3),
                ANY.to_owned(),
            ]
        })
        .collect();
    Hierarchy::new(&rows).unwrap()
}

/// Three leaves, or all together.
fn flat() -> Hierarchy {
    Hierarchy::new(&[["a", ANY], ["b", ANY], ["c", ANY]]).unwrap()
}

fn data(rows: &[(u32, u32, u32)]) -> Microdata {
    let column = |of: fn(&(u32, u32, u32)) -> u32| rows.iter().map(of).collect();
    Microdata::new(
        vec![
            QuasiIdentifier {
                hierarchy: halves(),
                leaves: column(|r| r.0),
            },
            QuasiIdentifier {
                hierarchy: flat(),
                leaves: column(|r| r.1),
            },
        ],
        vec![Sensitive {
            codes: column(|r| r.2),
            values: 4,
        }],
    )
    .unwrap()
}

/// The published labels of each row.
fn labels(data: &Microdata, published: &Published) -> Vec<Vec<String>> {
    (0..data.rows())
        .map(|row| {
            published
                .columns()
                .iter()
                .zip(data.quasi())
                .map(|(cells, quasi)| quasi.hierarchy.label(cells[row]).to_owned())
                .collect()
        })
        .collect()
}

fn suppressed(labels: &[String]) -> bool {
    labels.iter().all(|label| label == ANY)
}

/// Rows of each class, the suppressed ones left out unless they are all there is.
fn classes(labels: &[Vec<String>]) -> HashMap<Vec<String>, Vec<usize>> {
    let mut classes: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
    for (row, labels) in labels.iter().enumerate() {
        classes.entry(labels.clone()).or_default().push(row);
    }
    if classes.len() > 1 {
        classes.retain(|labels, _| !suppressed(labels));
    }
    classes
}

/// The measures, computed again from the labels alone and from the definitions.
fn again(data: &Microdata, labels: &[Vec<String>], codes: &[u32], k: usize) -> Measures {
    let classes = classes(labels);
    let released: usize = classes.values().map(Vec::len).sum();
    let share = |rows: &[usize], code: u32| {
        rows.iter().filter(|&&r| codes[r] == code).count() as f64 / rows.len() as f64
    };
    let all: Vec<usize> = classes.values().flatten().copied().collect();
    let distance = |rows: &[usize]| -> f64 {
        let differences = (0..4).map(|code| (share(rows, code) - share(&all, code)).abs());
        differences.sum::<f64>() / 2.0
    };
    let distinct = |rows: &Vec<usize>| {
        rows.iter()
            .map(|&r| codes[r])
            .collect::<BTreeSet<_>>()
            .len()
    };
    let hidden = labels.len() - released;
    let penalty: f64 = labels
        .iter()
        .flat_map(|labels| labels.iter().zip(data.quasi()))
        .map(|(label, quasi)| {
            let below = (0..quasi.hierarchy.leaf_count())
                .filter(|&leaf| {
                    let leaf = u32::try_from(leaf).unwrap();
                    (0..=quasi.hierarchy.height())
                        .any(|l| quasi.hierarchy.label(quasi.hierarchy.ancestor(leaf, l)) == label)
                })
                .count();
            (below - 1) as f64 / (quasi.hierarchy.leaf_count() - 1) as f64
        })
        .sum();
    Measures {
        k: classes.values().map(Vec::len).min().unwrap(),
        l: vec![classes.values().map(distinct).min().unwrap()],
        t: vec![
            classes
                .values()
                .map(|rows| distance(rows))
                .fold(0.0, f64::max),
        ],
        classes: classes.len(),
        suppressed: hidden,
        c_avg: released as f64 / (classes.len() * k) as f64,
        discernibility: classes
            .values()
            .map(|rows| (rows.len() as u64).pow(2))
            .sum::<u64>()
            + (hidden * labels.len()) as u64,
        gcp: penalty / (labels.len() * 2) as f64,
    }
}

fn rows() -> impl Strategy<Value = Vec<(u32, u32, u32)>> {
    prop::collection::vec((0_u32..8, 0_u32..3, 0_u32..4), 12..120)
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}

proptest! {
    #[test]
    fn every_class_has_k_rows_and_l_values_and_nothing_leaves_its_ladder(
        rows in rows(),
        k in 1_usize..8,
        l in prop::option::of(1_usize..3),
        limit in prop_oneof![Just(0.0), Just(0.05), Just(0.3)],
        local in any::<bool>(),
    ) {
        let data = data(&rows);
        let method = if local { Method::LocalRecoding } else { Method::FullDomain };
        let rules = Rules { k, l, suppression_limit: limit };
        let published = match anonymise(&data, &rules, method) {
            Ok(published) => published,
            Err(AnonymiseError::LAboveValues { .. }) => return Ok(()),
            Err(error) => panic!("{error}"),
        };
        let labels = labels(&data, &published);
        for (labels, rows) in classes(&labels) {
            prop_assert!(rows.len() >= k, "{labels:?}");
            let values: BTreeSet<u32> = rows.iter().map(|&r| data.sensitive()[0].codes[r]).collect();
            prop_assert!(values.len() >= l.unwrap_or(1), "{labels:?}");
        }
        for (row, labels) in labels.iter().enumerate() {
            for (label, quasi) in labels.iter().zip(data.quasi()) {
                let leaf = quasi.leaves[row];
                let ladder = (0..=quasi.hierarchy.height())
                    .map(|level| quasi.hierarchy.label(quasi.hierarchy.ancestor(leaf, level)));
                prop_assert!(ladder.into_iter().any(|value| value == label));
            }
        }
        // Whoever fits no class is among the suppressed; they have to be a crowd as well.
        let hidden: Vec<usize> = (0..labels.len()).filter(|&r| suppressed(&labels[r])).collect();
        let values: BTreeSet<u32> = hidden.iter().map(|&r| data.sensitive()[0].codes[r]).collect();
        prop_assert!(hidden.is_empty() || hidden.len() >= k);
        prop_assert!(hidden.is_empty() || values.len() >= l.unwrap_or(1));
        let all = hidden.len() == labels.len();
        let within = hidden.len() as f64 <= limit * labels.len() as f64;
        prop_assert!(all || local || within, "{} of {}", hidden.len(), labels.len());
        prop_assert_eq!(published.node().is_none(), local);
    }

    #[test]
    fn the_measures_are_what_their_definitions_say(rows in rows(), k in 1_usize..6, local in any::<bool>()) {
        let data = data(&rows);
        let method = if local { Method::LocalRecoding } else { Method::FullDomain };
        let rules = Rules { k, l: None, suppression_limit: 0.1 };
        let published = anonymise(&data, &rules, method).unwrap();
        let found = measure(&data, &published, k);
        let defined = again(&data, &labels(&data, &published), &data.sensitive()[0].codes, k);
        prop_assert_eq!((found.k, &found.l, found.classes), (defined.k, &defined.l, defined.classes));
        prop_assert_eq!(
            (found.suppressed, found.discernibility),
            (defined.suppressed, defined.discernibility)
        );
        prop_assert!(close(found.t[0], defined.t[0]), "{found:?} {defined:?}");
        prop_assert!(close(found.gcp, defined.gcp), "{found:?} {defined:?}");
        prop_assert!(close(found.c_avg, defined.c_avg), "{found:?} {defined:?}");
    }

    #[test]
    fn the_node_is_the_best_of_all(rows in rows(), k in 1_usize..8) {
        let data = data(&rows);
        let rules = Rules { k, l: None, suppression_limit: 0.1 };
        let best = anonymise(&data, &rules, Method::FullDomain).unwrap();
        let best = measure(&data, &best, k).gcp;
        for age in 0..=3 {
            for flat in 0..=1 {
                let gcp = at_node(&rows, [age, flat], k, 0.1);
                prop_assert!(gcp.is_none_or(|gcp| best <= gcp + 1e-9), "{age} {flat}");
            }
        }
    }

    #[test]
    fn local_recoding_never_loses_more_than_one_level_for_all(rows in rows(), k in 1_usize..8) {
        let data = data(&rows);
        let rules = Rules { k, l: None, suppression_limit: 0.0 };
        let gcp = |method| measure(&data, &anonymise(&data, &rules, method).unwrap(), k).gcp;
        prop_assert!(gcp(Method::LocalRecoding) <= gcp(Method::FullDomain) + 1e-9);
    }

    #[test]
    fn the_same_table_gives_the_same_answer(rows in rows(), local in any::<bool>()) {
        let data = data(&rows);
        let method = if local { Method::LocalRecoding } else { Method::FullDomain };
        let rules = Rules { k: 3, l: Some(1), suppression_limit: 0.1 };
        prop_assert_eq!(anonymise(&data, &rules, method), anonymise(&data, &rules, method));
    }
}

/// The GCP of one node, from the rows alone; `None` when it suppresses more than is allowed, or so
/// few that the suppressed rows would be no crowd.
fn at_node(rows: &[(u32, u32, u32)], node: [usize; 2], k: usize, limit: f64) -> Option<f64> {
    let (halves, flat) = (halves(), flat());
    let key = |row: &(u32, u32, u32)| {
        (
            halves.ancestor(row.0, node[0]),
            flat.ancestor(row.1, node[1]),
        )
    };
    let mut sizes = BTreeMap::new();
    for row in rows {
        *sizes.entry(key(row)).or_insert(0_usize) += 1;
    }
    let hidden = rows.iter().filter(|r| sizes[&key(r)] < k).count();
    if hidden as f64 > limit * rows.len() as f64 || (1..k).contains(&hidden) {
        return None;
    }
    let lost: f64 = rows
        .iter()
        .map(|row| {
            let (a, b) = key(row);
            if sizes[&(a, b)] < k {
                return 2.0;
            }
            f64::from(halves.leaves(a) - 1) / 7.0 + f64::from(flat.leaves(b) - 1) / 2.0
        })
        .sum();
    Some(lost / (rows.len() * 2) as f64)
}

#[test]
fn rules_that_make_no_sense_are_refused() {
    let data = data(&[(0, 0, 0), (1, 1, 0), (2, 2, 1)]);
    let refused = |k, l, suppression_limit| {
        let rules = Rules {
            k,
            l,
            suppression_limit,
        };
        anonymise(&data, &rules, Method::FullDomain).unwrap_err()
    };
    assert_eq!(refused(0, None, 0.0), AnonymiseError::NoK);
    assert_eq!(
        refused(4, None, 0.0),
        AnonymiseError::KAboveRows { k: 4, rows: 3 }
    );
    assert_eq!(refused(2, Some(0), 0.0), AnonymiseError::NoL);
    assert_eq!(refused(2, None, 1.5), AnonymiseError::Limit(1.5));
    assert!(matches!(
        refused(2, Some(3), 0.0),
        AnonymiseError::LAboveValues { .. }
    ));
}
