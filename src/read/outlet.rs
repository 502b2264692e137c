//! Outlets from addresses: the registrable domain of a url's host.
//!
//! `www.`, `m.` and `amp.` pages of one publisher are one outlet, and `co.uk` is none: the Public Suffix List says where
//! the registrable part begins. Hosts that the list says nothing about stay whole. International names come as the
//! `xn--` form that their urls resolve to, so that both spellings are one outlet.

use url::{Host, Url};

/// The outlet that an address belongs to; `None` where there is no host in it.
///
/// The scheme may be missing: `www.example.co.uk/x` is an address too, but `/x` and `page.html` are not.
pub(super) fn of_url(address: &str) -> Option<String> {
    let address = address.trim();
    if !address.contains("://") {
        return of_bare_address(address);
    }
    let plain = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).and_then(plain_host);
    if let Some(host) = plain {
        return Some(registrable(host).unwrap_or(host).to_owned());
    }
    match host(address)? {
        Host::Domain(host) => Some(registrable(&host).unwrap_or(&host).to_owned()),
        ip => Some(ip.to_string()),
    }
}

/// The outlet that a field names: a host or an address becomes its registrable domain, any other name stays.
pub(super) fn of_field(name: &str) -> String {
    let is_address = name.contains("://") || (name.contains('.') && !name.contains(char::is_whitespace));
    let outlet = if is_address { of_url(name) } else { None };
    outlet.unwrap_or_else(|| name.to_owned())
}

/// Without a scheme, anything could be a host: only a known suffix, or an address in digits, makes it one.
fn of_bare_address(address: &str) -> Option<String> {
    let address = address.strip_prefix("//").unwrap_or(address);
    if address.starts_with('/') {
        return None;
    }
    if let Some(host) = plain_host(address) {
        return registrable(host).map(str::to_owned);
    }
    match host(&format!("http://{address}"))? {
        Host::Domain(host) => registrable(&host).map(str::to_owned),
        // A plain number would be an address to a browser.
        ip => Some(ip.to_string()).filter(|ip| address.starts_with(ip.as_str())),
    }
}

fn host(address: &str) -> Option<Host<String>> {
    match Url::parse(address).ok()?.host()?.to_owned() {
        Host::Domain(host) => {
            let host = host.trim_end_matches('.').to_ascii_lowercase();
            (!host.is_empty()).then_some(Host::Domain(host))
        }
        ip => Some(ip),
    }
}

/// The host of an address without its scheme, where it is one as most are: small letters, digits and hyphens between single
/// points, nothing of it encoded, and no number. Reading the address by the rules of browsers takes ten times as long.
fn plain_host(address: &str) -> Option<&str> {
    let end = address.bytes().position(|b| matches!(b, b'/' | b'?' | b'#')).unwrap_or(address.len());
    let host = &address[..end];
    let is_plain = |label: &str| {
        !label.is_empty()
            && !label.starts_with("xn--")
            && label.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    };
    let ends_in_letters =
        host.rsplit('.').next().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_lowercase()));
    (ends_in_letters && host.split('.').all(is_plain)).then_some(host)
}

/// The registrable part of a host under a known suffix.
fn registrable(host: &str) -> Option<&str> {
    let domain = psl::domain(host.as_bytes()).filter(|d| d.suffix().is_known())?;
    std::str::from_utf8(domain.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_give_their_registrable_domain() {
        let cases = [
            ("https://www.example.co.uk/news/1?x=y", Some("example.co.uk")),
            ("http://news.local.example.com:8080/", Some("example.com")),
            ("HTTPS://WWW.Example.COM/A", Some("example.com")),
            ("www.example.co.uk/x", Some("example.co.uk")),
            ("example.com:8080/x", Some("example.com")),
            ("//m.example.com/x", Some("example.com")),
            ("https://example.com./", Some("example.com")),
            ("https://user:pw@example.com/", Some("example.com")),
            ("https://harborpost.blogspot.com/x", Some("harborpost.blogspot.com")),
            ("https://www.bücher-blatt.de/x", Some("xn--bcher-blatt-thb.de")),
            ("http://192.0.2.7/x", Some("192.0.2.7")),
            ("http://[2001:db8::1]/x", Some("[2001:db8::1]")),
            ("http://localhost:3000/x", Some("localhost")),
            ("http://press.example.internal/x", Some("press.example.internal")),
            ("https://co.uk/", Some("co.uk")),
            ("file:///tmp/page.html", None),
            ("https://", None),
            ("", None),
            ("/news/1", None),
            ("/example.com/1", None),
            ("page.html", None),
            ("192.0.2.7/x", Some("192.0.2.7")),
            ("1234", None),
            ("https://exa mple.com/", None),
        ];
        for (address, outlet) in cases {
            assert_eq!(of_url(address).as_deref(), outlet, "{address}");
        }
    }

    #[test]
    fn fields_that_are_hosts_become_domains_and_names_stay() {
        let cases = [
            ("www.examplegazette.co.uk", "examplegazette.co.uk"),
            ("ExampleGazette.com", "examplegazette.com"),
            ("https://www.examplegazette.co.uk/about", "examplegazette.co.uk"),
            ("examplegazette.com/world", "examplegazette.com"),
            ("The Example Gazette", "The Example Gazette"),
            ("The Example Gazette, Ltd. (example.com)", "The Example Gazette, Ltd. (example.com)"),
            ("St.Xyzzy", "St.Xyzzy"),
            ("gazette", "gazette"),
            ("192.0.2.7", "192.0.2.7"),
            ("1.5", "1.5"),
            ("a..b", "a..b"),
            (".", "."),
            ("://", "://"),
        ];
        for (name, outlet) in cases {
            assert_eq!(of_field(name), outlet, "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn plain_hosts_are_those_that_browsers_read(
            address in "[a-z0-9]{0,3}[a-z0-9.xn@:-]{0,8}(\\.com|\\.co\\.uk|\\.0x7|\\.1|)[/?#:]{0,2}[a-z%]{0,3}",
        ) {
            if let Some(plain) = plain_host(&address) {
                let read = host(&format!("http://{address}"));
                proptest::prop_assert_eq!(read, Some(Host::Domain(plain.to_owned())));
            }
        }
    }
}
