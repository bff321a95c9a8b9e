//! Where to go after signing in.

use partake_core::lang::Lang;

const LONGEST: usize = 400;

/// The path, if it is one of this site; the account's page if not. Anything that a browser could
/// read as another host is not.
pub(crate) fn safe_path(lang: Lang, next: &str) -> String {
    let is_path = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', '\r', '\n', '\t'])
        && next.is_ascii()
        && !next.contains(char::is_whitespace)
        && next.len() <= LONGEST;
    if is_path {
        next.to_owned()
    } else {
        format!("/{lang}/account")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert_eq!(
            safe_path(Lang::En, "/en/discuss/3?sort=new"),
            "/en/discuss/3?sort=new"
        );
        for bad in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "/a\r\nset-cookie: x",
            "evil",
            "/\t/evil.example",
        ] {
            assert_eq!(safe_path(Lang::En, bad), "/en/account", "{bad}");
        }
    }
}
