//! Where a request comes from. A proxy says so in `X-Forwarded-For`, and so may anyone:
//! what it says counts only from the right, as far as the proxies are ours.

use std::net::IpAddr;

/// The other end of a connection, as the listener sees it.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// A range of addresses such as `10.0.0.0/8`, or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    base: u128,
    bits: u32,
}

impl Range {
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = text.trim().split_once('/').map_or((text.trim(), None), |(it, bits)| (it, Some(bits)));
        let address: IpAddr = address.parse().ok()?;
        let whole = if address.is_ipv4() { 32 } else { 128 };
        let bits: u32 = bits.map_or(Some(whole), |it| it.parse().ok().filter(|bits| *bits <= whole))?;
        Some(Self { base: number(address), bits: bits + 128 - whole })
    }

    pub fn holds(&self, address: IpAddr) -> bool {
        let differs = self.base ^ number(address);
        self.bits == 0 || differs >> (128 - self.bits) == 0
    }
}

/// All addresses as those of version 6, where version 4 has its place.
fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(it) => it.to_ipv6_mapped().to_bits(),
        IpAddr::V6(it) => it.to_bits(),
    }
}

/// The visitor's address. `forwarded` are the header's values in the order they came.
pub fn visitor<'a>(peer: IpAddr, forwarded: impl Iterator<Item = &'a str>, proxies: &[Range]) -> IpAddr {
    let is_ours = |address: IpAddr| proxies.iter().any(|range| range.holds(address));
    let said: Vec<&str> = forwarded.flat_map(|line| line.split(',')).map(str::trim).collect();
    let mut visitor = peer;
    for said in said.into_iter().rev() {
        if !is_ours(visitor) {
            break;
        }
        let Ok(address) = said.parse() else { break };
        visitor = address;
    }
    visitor
}

/// What limits count by: an address, or the network that one household has of version 6.
pub fn household(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(it) => it.to_string(),
        IpAddr::V6(it) => format!("{:x}", it.to_bits() >> 64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str], proxies: &[&str]) -> String {
        let proxies: Vec<Range> = proxies.iter().map(|it| Range::parse(it).unwrap()).collect();
        visitor(peer.parse().unwrap(), forwarded.iter().copied(), &proxies).to_string()
    }

    // V-15
    #[test]
    fn what_a_stranger_claims_to_forward_counts_for_nothing() {
        assert_eq!(seen("203.0.113.9", &["198.51.100.1"], &[]), "203.0.113.9");
        assert_eq!(seen("203.0.113.9", &["198.51.100.1"], &["127.0.0.1"]), "203.0.113.9");
    }

    // V-15
    #[test]
    fn behind_a_proxy_of_ours_the_address_is_counted_from_the_right() {
        let proxies = &["127.0.0.1", "10.0.0.0/8"];
        assert_eq!(seen("127.0.0.1", &["203.0.113.9"], proxies), "203.0.113.9");
        assert_eq!(seen("127.0.0.1", &["1.1.1.1, 203.0.113.9"], proxies), "203.0.113.9");
        assert_eq!(seen("127.0.0.1", &["1.1.1.1", "2.2.2.2, 203.0.113.9, 10.1.2.3"], proxies), "203.0.113.9");
        assert_eq!(seen("127.0.0.1", &["evil, 203.0.113.9"], proxies), "203.0.113.9");
        assert_eq!(seen("127.0.0.1", &["203.0.113.9, unknown"], proxies), "127.0.0.1");
        assert_eq!(seen("127.0.0.1", &[], proxies), "127.0.0.1");
        assert_eq!(seen("::ffff:127.0.0.1", &["203.0.113.9"], proxies), "203.0.113.9");
    }

    #[test]
    fn a_range_holds_what_begins_alike() {
        let holds = |range: &str, address: &str| Range::parse(range).unwrap().holds(address.parse().unwrap());
        assert!(holds("10.0.0.0/8", "10.255.0.1") && !holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("2001:db8::/32", "2001:db8:1::1") && !holds("2001:db8::/32", "2001:db9::1"));
        assert!(holds("0.0.0.0/0", "203.0.113.9") && !holds("0.0.0.0/0", "2001:db8::1"));
        for none in ["", "a", "10.0.0.0/33", "10.0.0.0/x", "::/129"] {
            assert_eq!(Range::parse(none), None, "{none}");
        }
        assert_eq!(household("2001:db8:1:2:3::4".parse().unwrap()), household("2001:db8:1:2:ffff::4".parse().unwrap()));
    }
}
