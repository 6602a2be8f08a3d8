//! Repeatable chance: the same seed gives the same ids, codes and prices. Nothing here is fit for secrets, and nothing here guards one.

/// A stream of numbers fixed by its seed (SplitMix64).
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    /// Six digits, as sent by SMS.
    pub(crate) fn code(&mut self) -> String {
        format!("{:06}", self.below(1_000_000))
    }

    /// An id as customers and vehicles have it.
    pub(crate) fn guid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        let (a, b, c) = (high >> 32, (high >> 16) & 0xffff, high & 0x0fff);
        let (d, e) = ((low >> 48) & 0x3fff | 0x8000, low & 0xffff_ffff_ffff);
        format!("{a:08x}-{b:04x}-4{c:03x}-{d:04x}-{e:012x}")
    }

    /// An id as proposals, products and policies have it: 24 hexadecimal digits.
    pub(crate) fn object_id(&mut self) -> String {
        format!("{:016x}{:08x}", self.next(), self.next() >> 32)
    }

    /// Something that cannot be guessed by accident: 32 hexadecimal digits.
    pub(crate) fn token(&mut self) -> String {
        format!("{:016x}{:016x}", self.next(), self.next())
    }
}

/// A number that depends on all `parts` and on nothing else.
pub(crate) fn hash(seed: u64, parts: &[&str]) -> u64 {
    let mut state = mix(seed ^ 0xcbf2_9ce4_8422_2325);
    for byte in parts.join("\u{1f}").bytes() {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    mix(state)
}

const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
