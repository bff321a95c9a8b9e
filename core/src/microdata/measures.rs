//! What a published table keeps and what it protects, measured on what is published.

use super::{judge::gcp, partition::partition, published::Published, table::Microdata};

/// Figures of a published table. Rows with `*` in every quasi-identifier are suppressed and
/// belong to no class, unless no row says more: then they are one class.
#[derive(Clone, Debug, PartialEq)]
pub struct Measures {
    /// Rows of the smallest class.
    pub k: usize,
    /// For each sensitive column, the least number of different values in a class.
    pub l: Vec<usize>,
    /// For each sensitive column, t-closeness with equal distances: the greatest distance, over
    /// the classes, between the shares of the values in the class and in all classes together;
    /// half the sum of the absolute differences. From 0 to 1. Li, Li and Venkatasubramanian 2007.
    pub t: Vec<f64>,
    /// Number of classes.
    pub classes: usize,
    /// Rows that are suppressed.
    pub suppressed: usize,
    /// Rows of the mean class divided by the k that was asked for; 1 at best.
    /// LeFevre, DeWitt and Ramakrishnan 2006.
    pub c_avg: f64,
    /// Discernibility: the sum of the squared sizes of the classes, and n for each suppressed
    /// row. Bayardo and Agrawal 2005.
    pub discernibility: u64,
    /// Global certainty penalty: the mean over all cells of the quasi-identifiers of (leaves below
    /// the published value − 1) / (leaves of the hierarchy − 1); 1 in a suppressed row. From 0 to
    /// 1. Xu et al. 2006.
    pub gcp: f64,
}

/// Measures what was published of `data` with classes of at least `k` asked for.
#[must_use]
pub fn measure(data: &Microdata, published: &Published, k: usize) -> Measures {
    let cells = published.columns();
    let packed: Vec<(&[u32], usize)> = cells
        .iter()
        .zip(data.quasi())
        .map(|(cells, quasi)| (cells.as_slice(), quasi.hierarchy.value_count()))
        .collect();
    let found = partition(&packed, data.rows());
    let nothing_said = found.first.iter().position(|&row| {
        let mut values = cells.iter().zip(data.quasi());
        values.all(|(cells, q)| cells[row as usize] == q.hierarchy.top())
    });
    let suppressed_class = nothing_said.filter(|_| found.first.len() > 1);
    let mut sizes = vec![0_usize; found.first.len()];
    let mut lost = vec![0_u64; cells.len()];
    for (row, &class) in found.class_of.iter().enumerate() {
        sizes[class as usize] += 1;
        if suppressed_class != Some(class as usize) {
            for ((lost, cells), quasi) in lost.iter_mut().zip(cells).zip(data.quasi()) {
                *lost += quasi.hierarchy.penalty(cells[row]);
            }
        }
    }
    let suppressed = suppressed_class.map_or(0, |class| std::mem::take(&mut sizes[class]));
    let released = data.rows() - suppressed;
    let classes = sizes.iter().filter(|size| **size > 0).count();
    let squares: u64 = sizes.iter().map(|&size| (size as u64).pow(2)).sum();
    let (l, t) = data
        .sensitive()
        .iter()
        .map(|column| spread(&column.codes, column.values, &found.class_of, &sizes))
        .unzip();
    Measures {
        k: sizes
            .iter()
            .copied()
            .filter(|size| *size > 0)
            .min()
            .unwrap_or(0),
        l,
        t,
        classes,
        suppressed,
        c_avg: released as f64 / (classes as f64 * k as f64),
        discernibility: squares + suppressed as u64 * data.rows() as u64,
        gcp: gcp(data, &lost, suppressed as u64),
    }
}

/// The l and the t of one sensitive column over the classes of a size above 0.
fn spread(codes: &[u32], values: usize, class_of: &[u32], sizes: &[usize]) -> (usize, f64) {
    let mut pairs: Vec<(u32, u32)> = class_of
        .iter()
        .copied()
        .zip(codes.iter().copied())
        .filter(|(class, _)| sizes[*class as usize] > 0)
        .collect();
    let released = pairs.len() as f64;
    let mut overall = vec![0_usize; values];
    for (_, code) in &pairs {
        overall[*code as usize] += 1;
    }
    pairs.sort_unstable();
    let mut least = usize::MAX;
    let mut greatest = 0_f64;
    for class in pairs.chunk_by(|a, b| a.0 == b.0) {
        let size = class.len() as f64;
        let mut distinct = 0;
        // Values that do not occur in the class differ by their whole share.
        let mut differences = 1.0;
        for value in class.chunk_by(|a, b| a.1 == b.1) {
            distinct += 1;
            let share = overall[value[0].1 as usize] as f64 / released;
            differences += (value.len() as f64 / size - share).abs() - share;
        }
        least = least.min(distinct);
        greatest = greatest.max(differences / 2.0);
    }
    (least, greatest)
}
