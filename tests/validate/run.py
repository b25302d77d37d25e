"""Validates the open data of built sites with the validators of the standards.

    python tests/validate/run.py SITE...

- every `datapackage.json` with frictionless: the descriptor, the size and hash of each file, and each row against its
  schema, keys and references between tables;
- every `feed.xml` with feedparser, and the sitemaps with ultimate-sitemap-parser.

`cargo xtask validate` runs this. Any finding makes it fail, and so does a site with nothing to validate.
"""

import sys
from pathlib import Path

import feedparser
from frictionless import Package
from usp.objects.sitemap import InvalidSitemap
from usp.tree import sitemap_from_str


def package_findings(path):
    """Findings of frictionless about a package, and the number of its rows."""
    report = Package(str(path)).validate()
    findings = [str(error.message) for error in report.errors]
    findings += [f"{task.name}: {error.message}" for task in report.tasks for error in task.errors]
    return findings, sum(task.stats.get("rows") or 0 for task in report.tasks)


def feed_findings(path):
    """Findings of feedparser about a feed, and the number of its entries."""
    feed = feedparser.parse(path.read_bytes())
    findings = [f"not well-formed: {feed.bozo_exception}"] if feed.bozo else []
    if not feed.version.startswith("atom"):
        findings.append(f"format {feed.version!r}")
    for entry in feed.entries:
        findings += [f"entry without {key}" for key in ("id", "title", "link", "updated_parsed") if not entry.get(key)]
    return findings, len(feed.entries)


def sitemap_findings(path):
    """Findings about a sitemap or an index of sitemaps, and the number of its entries."""
    sitemap = sitemap_from_str(path.read_text(encoding="utf-8"))
    if isinstance(sitemap, InvalidSitemap):
        return [sitemap.reason], 0
    # The sitemaps of an index are in files of their own, which are examined by themselves.
    entries = sitemap.sub_sitemaps or list(sitemap.all_pages())
    return ([] if entries else ["no entry"]), len(entries)


CHECKS = [
    ("datapackage.json", package_findings, "rows"),
    ("feed.xml", feed_findings, "entries"),
    ("sitemap*.xml", sitemap_findings, "entries"),
]


def main(sites):
    failed = False
    for site in map(Path, sites):
        checked = [(path, *check) for name, *check in CHECKS for path in sorted(site.rglob(name))]
        if not checked:
            print(f"✗ {site}: nothing to validate")
            failed = True
        for path, check, counted in checked:
            findings, count = check(path)
            failed |= bool(findings)
            print(f"{'✗' if findings else '✓'} {path.relative_to(site.parent)}: {count} {counted}")
            for finding in findings:
                print(f"    {finding}")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
