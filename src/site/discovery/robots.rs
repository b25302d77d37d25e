//! `robots.txt`: admits all crawlers and names the sitemap.

use super::absolute;
use crate::model::Base;
use crate::site::address;

/// `robots.txt` of a site at the root of its host.
pub(super) fn robots(base: &Base) -> Vec<u8> {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", absolute(base, &address::sitemap_index())).into_bytes()
}
