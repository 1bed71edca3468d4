//! The scrap model: national totals shared out to prefectures by people, town people and industry.
//!
//! For stream m and prefecture i, with the weights a, b, c of the stream:
//!
//! ```text
//! collected C(i,m) = N(m) x [ a P(i)/P + b U(i)/U + c S(i)/S ] / (a + b + c)        t contained metal a year
//! generated G(i,m) = C(i,m) / r
//! ```
//!
//! N national total, P residents, U town residents, S secondary-industry value added, each over its national sum; r the rate
//! at which the national totals were collected. Nothing of this is measured below the nation.

use super::{Parameters, PerStream, Prefecture, Stream};
use std::collections::BTreeMap;

/// National sums: residents, town residents, secondary-industry value added.
const SUMS: [&str; 3] =
    ["national.population.all", "national.urban_population.all", "national.secondary_value_added.all"];
/// The rate at which the national totals were collected.
const BASE_RECOVERY: &str = "model.scrap_base_recovery.all";

/// What keys of scrap that a person sets begin with.
const SET: &str = "scrap.generated.";

/// The model with its parameters read.
#[derive(Clone, Debug, PartialEq)]
pub struct ScrapModel {
    sums: [f64; 3],
    /// Tonnes generated a unit of share, by stream: N / r.
    generated_t: PerStream<f64>,
    weights: PerStream<[f64; 3]>,
    /// What a person says that arises, by prefecture and stream, in tonnes a year.
    set: BTreeMap<(u32, Stream), f64>,
}

impl ScrapModel {
    /// Reads the parameters. Weights of a stream count in proportion to their sum; where all are 0 they count alike, so that
    /// the national total never depends on them.
    ///
    /// # Panics
    /// Where a parameter of [`ScrapModel::keys`] is missing, which [`crate::format::region`] refuses to load.
    #[must_use]
    pub fn new(parameters: &Parameters) -> Self {
        let recovery = parameters.number(BASE_RECOVERY) / 100.0;
        Self {
            sums: [
                parameters.number(SUMS[0]) * 1e6,
                parameters.number(SUMS[1]) * 1e6,
                parameters.number(SUMS[2]) * 1e12,
            ],
            generated_t: PerStream::from_fn(|s| {
                if recovery > 0.0 { parameters.number(&total_key(s)) * 1000.0 / recovery } else { 0.0 }
            }),
            weights: PerStream::from_fn(|s| {
                let w = weight_keys(s).map(|k| parameters.number(&k));
                let sum: f64 = w.iter().sum();
                if sum > 0.0 { w.map(|x| x / sum) } else { [1.0 / 3.0; 3] }
            }),
            set: parameters.rows().iter().filter_map(|p| Some((Self::read_key(&p.key)?, p.value))).collect(),
        }
    }

    /// Scrap that arises in a prefecture, in tonnes of contained metal a year: what a person set, else what the model gives. Where the census copy lacks town people, the
    /// national share of them stands in.
    #[must_use]
    pub fn generated_t(&self, home: &Prefecture) -> PerStream<f64> {
        let [people, urban, industry] = self.sums;
        let town = home.urban_people.unwrap_or(home.people * urban / people);
        let shares = [home.people / people, town / urban, home.secondary_value_added_yuan / industry];
        PerStream::from_fn(|s| {
            let share: f64 = self.weights[s].iter().zip(shares).map(|(w, x)| w * x).sum();
            self.set.get(&(home.adcode, s)).copied().unwrap_or(self.generated_t[s] * share)
        })
    }

    /// The key by which a scenario sets what arises of a stream in a prefecture, in tonnes of contained metal a year.
    #[must_use]
    pub fn set_key(adcode: u32, s: Stream) -> String {
        format!("{SET}{adcode}.{}", s.key())
    }

    /// Prefecture and stream of such a key.
    #[must_use]
    pub fn read_key(key: &str) -> Option<(u32, Stream)> {
        let (adcode, stream) = key.strip_prefix(SET)?.split_once('.')?;
        let canonical = adcode.len() == 6 && adcode.bytes().all(|b| b.is_ascii_digit());
        let adcode = adcode.parse().ok().filter(|_| canonical)?;
        Some((adcode, Stream::ALL.into_iter().find(|s| s.key() == stream)?))
    }

    /// The parameters that a stream's scrap rests on.
    #[must_use]
    pub fn keys(stream: Stream) -> Vec<String> {
        let mut keys = vec![total_key(stream)];
        keys.extend(weight_keys(stream));
        keys.extend(SUMS.into_iter().chain([BASE_RECOVERY]).map(str::to_owned));
        keys
    }
}

/// The national total of a stream.
fn total_key(s: Stream) -> String {
    format!("national.domestic_scrap.{}", s.table_key())
}

/// The parameters that hold the weights of residents, town residents and industry.
#[must_use]
pub fn weight_keys(s: Stream) -> [String; 3] {
    [1, 2, 3].map(|i| format!("model.weights_scrap.{}.{i}", s.table_key()))
}
