//! Norms on the households that a collection point may serve.
//!
//! With H households, of which the share u lives in town, and at most a households a point in town and b in the country, there
//! must be N = H (u / a + (1 - u) / b) real points: H = people / household size, u = town people / people by the census.
//! For a prefecture N is held against the real points that stand in it; for a catchment H / points against H / N, the blend of
//! a and b by the prefecture's u, because where inside a prefecture townspeople live is only modelled.
//!
//! Where a norm counts something else in the country (villages), N is what town alone needs: fewer is a failure for
//! certain, enough is no pass.

use super::{
    Finding, Measured, Missing, NormChoice, Quantity, Remedy, Situation,
    finding::{Answer, ROUNDING},
};
use crate::{
    catchment::HOUSEHOLD_SIZE_KEY,
    model::{Basis, HouseholdLimits, Prefecture},
};

/// Findings of all prefectures in a cluster, then of all collection points. `homes`: the prefecture of each point, by row.
pub(super) fn check(
    choice: &NormChoice,
    limits: HouseholdLimits,
    situation: &Situation<'_>,
    homes: &[Option<usize>],
) -> Vec<Finding> {
    let size = situation.parameters.number(HOUSEHOLD_SIZE_KEY);
    let standing = standing(situation, homes);
    let mut found = Vec::new();
    for (row, p) in situation.prefectures.iter().enumerate() {
        if p.cluster.is_none() || !choice.holds_in(&p.province) {
            continue;
        }
        let (there, basis) = standing[row];
        let answer = need(p, limits).map_or_else(
            |what| Answer::cannot_say(what, None),
            |need| {
                let needed = p.people / size * need.points_per_household;
                need.answer(Measured::new(Quantity::RealPoints, there, needed, basis), needed - there)
            },
        );
        found.push(Finding::of_prefecture(choice, p, answer));
    }
    for (point, home) in situation.points.iter().zip(homes) {
        let f = point.facility;
        if !choice.holds_in(&f.province) {
            continue;
        }
        let households = point.load.people / size;
        let need = home.ok_or(Missing::TownShare).and_then(|row| need(&situation.prefectures[row], limits));
        let answer = match need {
            Err(what) => Answer::cannot_say(what, None),
            Ok(_) if f.street_points <= 0.0 => Answer::cannot_say(Missing::RealPoints, None),
            Ok(need) => {
                let (value, limit) = (households / f.street_points, 1.0 / need.points_per_household);
                let measured = Measured::new(Quantity::HouseholdsPerPoint, value, limit, Basis::Modelled);
                need.answer(measured, households * need.points_per_household - f.street_points)
            }
        };
        found.push(Finding::of_facility(choice, f, answer));
    }
    found
}

/// The real points that stand in each prefecture, by row. They are the user's where a planner added all of them.
fn standing(situation: &Situation<'_>, homes: &[Option<usize>]) -> Vec<(f64, Basis)> {
    let mut sums = vec![(0.0, None); situation.prefectures.len()];
    for (point, home) in situation.points.iter().zip(homes) {
        let Some(row) = *home else { continue };
        let (real, basis) = &mut sums[row];
        *real += point.facility.street_points;
        let added = point.facility.origin.basis == Basis::User && *basis != Some(Basis::Modelled);
        *basis = Some(if added { Basis::User } else { Basis::Modelled });
    }
    sums.into_iter().map(|(real, basis)| (real, basis.unwrap_or(Basis::Modelled))).collect()
}

/// What the households of a prefecture need.
struct Need {
    /// N / H; more than 0.
    points_per_household: f64,
    /// True where the norm counts something else in the country, and there are people in the country.
    town_only: bool,
}

fn need(p: &Prefecture, limits: HouseholdLimits) -> Result<Need, Missing> {
    if p.people <= 0.0 {
        return Err(Missing::People);
    }
    let town = (p.urban_people.ok_or(Missing::TownShare)? / p.people).clamp(0.0, 1.0);
    let points_per_household = town / limits.town + limits.country.map_or(0.0, |most| (1.0 - town) / most);
    if points_per_household <= 0.0 {
        return Err(Missing::Villages);
    }
    Ok(Need { points_per_household, town_only: limits.country.is_none() && town < 1.0 })
}

impl Need {
    /// The verdict on a measured value, `missing` real points short of what is needed.
    fn answer(&self, measured: Measured, missing: f64) -> Answer {
        if self.town_only && measured.is_kept() {
            return Answer::cannot_say(Missing::Villages, Some(measured));
        }
        let whole = libm::ceil(missing * (1.0 - ROUNDING)).max(1.0);
        Answer::by(measured, || Remedy::AddPoints { real_points: whole as u32 })
    }
}
