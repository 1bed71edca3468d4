//! Random numbers that are the same everywhere.

/// SplitMix64: small, and the same natively and in Wasm.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of the numbers below `n`, which is more than 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.bits()) * n as u128) >> 64) as usize
    }

    /// The one generator of a place in a table of draws: the same wherever and in whatever order it is asked for, so that the
    /// work can be split among workers.
    pub fn at(seed: u64, row: u64, column: u64) -> Self {
        let mut mixed = Self(seed);
        let row = mixed.bits() ^ row.wrapping_mul(0xd1b5_4a32_d192_ed03);
        let mut mixed = Self(row);
        let column = mixed.bits() ^ column.wrapping_mul(0xaef1_7502_108e_f2d9);
        Self(column)
    }

    /// A number from 0 up to, but not including, 1.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }
}
