//! Units checked by type.
//!
//! An [`Amount`] is a number of one unit. Amounts of one unit add; an amount over an amount of another unit is a [`Per`]; and
//! what is so much a unit, times so many of the unit, is an amount again. Nothing else compiles: yuan are never added to
//! tonnes, and emissions never divided twice.
//!
//! ```
//! use atlas_core::units::{Amount, People, Per, Tonnes, Yuan};
//! let cost = Amount::<Yuan>::new(900.0) + Amount::new(100.0);
//! let a_tonne: Per<Yuan, Tonnes> = cost.over(Amount::new(4.0)).expect("there are tonnes");
//! assert_eq!(a_tonne.value(), 250.0);
//! assert_eq!((a_tonne * Amount::<Tonnes>::new(2.0)).value(), 500.0);
//! assert!(cost.over(Amount::<People>::new(0.0)).is_none(), "nothing is divided by nobody");
//! ```
//!
//! ```compile_fail
//! use atlas_core::units::{Amount, Tonnes, Yuan};
//! let nonsense = Amount::<Yuan>::new(1.0) + Amount::<Tonnes>::new(1.0);
//! ```
//!
//! ```compile_fail
//! use atlas_core::units::{Amount, People, Tonnes, Yuan};
//! let a_tonne = Amount::<Yuan>::new(1.0).over(Amount::<Tonnes>::new(1.0)).unwrap();
//! let nonsense = a_tonne * Amount::<People>::new(1.0);
//! ```
//!
//! In files and over the worker's border an amount is its number: the name of its field says the unit.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{
    fmt,
    iter::Sum,
    marker::PhantomData,
    ops::{Add, AddAssign, Mul, Neg, Sub},
};

/// A unit of measurement.
pub trait Unit {
    /// As it is written behind a number.
    const SYMBOL: &'static str;
}

macro_rules! units {
    ($($(#[$doc:meta])* $name:ident = $symbol:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name;
        impl Unit for $name {
            const SYMBOL: &'static str = $symbol;
        }
    )*};
}

units! {
    /// Tonnes; of metal or gross, as the field says.
    Tonnes = "t";
    /// Yuan.
    Yuan = "yuan";
    /// Kilograms of CO2 equivalent.
    KgCo2e = "kg CO2e";
    /// Kilometres.
    Km = "km";
    /// Tonne-kilometres.
    TonneKm = "t-km";
    /// Residents.
    People = "people";
    /// Kilowatt-hours of electricity.
    Kwh = "kWh";
    /// Kilograms of coal equivalent.
    Kgce = "kgce";
    /// Things that are counted: points, plants, firms.
    Count = "1";
}

/// A number of one unit.
pub struct Amount<U> {
    value: f64,
    unit: PhantomData<U>,
}

/// So many `A` for each `B`.
pub struct Per<A, B> {
    value: f64,
    units: PhantomData<(A, B)>,
}

impl<U> Amount<U> {
    /// Nothing of it.
    pub const ZERO: Self = Self::new(0.0);

    /// So much of it.
    #[must_use]
    pub const fn new(value: f64) -> Self {
        Self { value, unit: PhantomData }
    }

    /// The number.
    #[must_use]
    pub const fn value(self) -> f64 {
        self.value
    }

    /// So much for each unit of another amount; `None` where that is nothing, or less.
    #[must_use]
    pub fn over<B>(self, by: Amount<B>) -> Option<Per<U, B>> {
        (by.value > 0.0).then(|| Per { value: self.value / by.value, units: PhantomData })
    }

    /// Its part of a whole of the same unit; `None` where the whole is nothing.
    #[must_use]
    pub fn share_of(self, whole: Self) -> Option<f64> {
        (whole.value > 0.0).then(|| self.value / whole.value)
    }
}

impl Amount<Tonnes> {
    /// Carried so far.
    #[must_use]
    pub fn carried(self, way: Amount<Km>) -> Amount<TonneKm> {
        Amount::new(self.value * way.value)
    }
}

impl<A, B> Per<A, B> {
    /// So many for each.
    #[must_use]
    pub const fn new(value: f64) -> Self {
        Self { value, units: PhantomData }
    }

    /// The number.
    #[must_use]
    pub const fn value(self) -> f64 {
        self.value
    }
}

impl<A, B> Mul<Amount<B>> for Per<A, B> {
    type Output = Amount<A>;
    fn mul(self, of: Amount<B>) -> Amount<A> {
        Amount::new(self.value * of.value)
    }
}

/// So many times as much.
impl<U> Mul<f64> for Amount<U> {
    type Output = Self;
    fn mul(self, times: f64) -> Self {
        Self::new(self.value * times)
    }
}

impl<U> Add for Amount<U> {
    type Output = Self;
    fn add(self, more: Self) -> Self {
        Self::new(self.value + more.value)
    }
}

impl<U> AddAssign for Amount<U> {
    fn add_assign(&mut self, more: Self) {
        self.value += more.value;
    }
}

impl<U> Sub for Amount<U> {
    type Output = Self;
    fn sub(self, less: Self) -> Self {
        Self::new(self.value - less.value)
    }
}

impl<U> Neg for Amount<U> {
    type Output = Self;
    fn neg(self) -> Self {
        Self::new(-self.value)
    }
}

impl<U> Sum for Amount<U> {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

// Derives would ask the same of the unit, which holds nothing.
impl<U> Clone for Amount<U> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<U> Copy for Amount<U> {}
impl<U> Default for Amount<U> {
    fn default() -> Self {
        Self::ZERO
    }
}
impl<U> PartialEq for Amount<U> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}
impl<U> PartialOrd for Amount<U> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.value.partial_cmp(&other.value)
    }
}
impl<U: Unit> fmt::Debug for Amount<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.value, U::SYMBOL)
    }
}
impl<U> Serialize for Amount<U> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(self.value)
    }
}
impl<'de, U> Deserialize<'de> for Amount<U> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        f64::deserialize(from).map(Self::new)
    }
}
impl<A, B> Clone for Per<A, B> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<A, B> Copy for Per<A, B> {}
impl<A, B> PartialEq for Per<A, B> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}
impl<A: Unit, B: Unit> fmt::Debug for Per<A, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}/{}", self.value, A::SYMBOL, B::SYMBOL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_of_a_unit_add_and_quotients_take_back() {
        let all: Amount<Tonnes> = [1.5, 2.5].into_iter().map(Amount::new).sum();
        assert_eq!(all, Amount::new(4.0));
        assert_eq!(-(all - Amount::new(1.0)) * 2.0, Amount::new(-6.0));
        let yuan = Amount::<Yuan>::new(1000.0);
        let a_tonne: Per<Yuan, Tonnes> = yuan.over(all).unwrap();
        assert_eq!(a_tonne * all, yuan);
        assert_eq!(all.carried(Amount::new(10.0)), Amount::<TonneKm>::new(40.0));
        assert_eq!(Amount::<Tonnes>::new(1.0).share_of(all), Some(0.25));
        assert_eq!(all.share_of(Amount::ZERO), None);
        assert!(yuan.over(Amount::<People>::new(-1.0)).is_none());
        assert_eq!(format!("{yuan:?}, {a_tonne:?}"), "1000 yuan, 250 yuan/t");
    }

    #[test]
    fn an_amount_is_its_number_in_files() {
        let json = serde_json::to_string(&Amount::<Kwh>::new(2.5)).unwrap();
        assert_eq!(json, "2.5");
        assert_eq!(serde_json::from_str::<Amount<Kwh>>(&json).unwrap(), Amount::new(2.5));
    }
}
