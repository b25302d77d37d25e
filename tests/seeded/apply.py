#!/usr/bin/env python3
"""Apply one seeded error to a copy of its base folder.

  apply.py ID TARGET [--seeds FILE] [--root DIR]     copy the base to TARGET (must not exist or be empty) and apply the seed
  apply.py --all [--seeds FILE] [--check PROGRAM] [--root DIR]   apply every seed in a temporary folder, verify, and count errors of `check`
  apply.py --list [--seeds FILE]

Without --seeds, open.jsonl and withheld.jsonl beside this file are read (whichever exist).
The name of the file itself: `file` inside `base`; an edit may have its own `file`.
  edits: {"line": N, "old": exact line N of the base, "new": replacement; may hold several lines; null deletes the line}
         line numbers are those of the base, `expect_line` and `also` those of the edited content
  delete_file: true deletes `file`; new_file: text replaces or creates `file`
--root: project root (default: the project of this file).
"""
import pathlib
import argparse, json, os, shutil, subprocess, sys, tempfile
HERE = os.path.dirname(os.path.abspath(__file__))

def load(path=None):
    paths = [path] if path else [p for p in (os.path.join(HERE, n) for n in ("open.jsonl", "withheld.jsonl", "seeds.jsonl")) if os.path.exists(p)]
    seeds = {}
    for p in paths:
        with open(p, encoding="utf-8") as f:
            for l in f:
                if l.strip():
                    s = json.loads(l)
                    seeds.setdefault(s["id"], s)
    return seeds

def apply(seed, root, target):
    base = os.path.join(root, seed["base"])
    if os.path.isdir(target) and not os.listdir(target):
        os.rmdir(target)
    shutil.copytree(base, target)
    if seed.get("delete_file"):
        os.remove(os.path.join(target, seed["file"]))
    if "new_file" in seed:
        with open(os.path.join(target, seed["file"]), "w", encoding="utf-8", newline="") as f:
            f.write(seed["new_file"])
    files = {}
    for e in seed.get("edits", []):
        files.setdefault(e.get("file", seed["file"]), []).append(e)
    for name, edits in files.items():
        path = os.path.join(target, name)
        with open(path, encoding="utf-8", newline="") as f:
            lines = f.read().split("\n")
        for e in sorted(edits, key=lambda e: -e["line"]):
            n = e["line"] - 1
            if n >= len(lines) or lines[n] != e["old"]:
                sys.exit(f"{seed['id']}: {name}:{e['line']}: expected {e['old']!r}, found {lines[n] if n < len(lines) else None!r}")
            lines[n:n + 1] = [] if e["new"] is None else e["new"].split("\n")
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write("\n".join(lines))
    # the expected places must exist in the edited content (a deleted file excepted)
    for p in [{"file": seed["expect_file"], "line": seed["expect_line"]}] + seed.get("also", []):
        path = os.path.join(target, p["file"])
        if not os.path.exists(path):
            if seed.get("delete_file") and p["file"] == seed["file"]:
                continue
            sys.exit(f"{seed['id']}: no file {p['file']}")
        with open(path, encoding="utf-8") as f:
            if p["line"] and not 1 <= p["line"] <= f.read().count("\n") + 1:
                sys.exit(f"{seed['id']}: no line {p['file']}:{p['line']}")

def main():
    a = argparse.ArgumentParser()
    a.add_argument("id", nargs="?"); a.add_argument("target", nargs="?")
    a.add_argument("--all", action="store_true"); a.add_argument("--list", action="store_true")
    a.add_argument("--seeds"); a.add_argument("--check")
    a.add_argument("--root", default=os.environ.get("SHIRUBE_ROOT", pathlib.Path(__file__).resolve().parents[2]))
    o = a.parse_args()
    seeds = load(o.seeds)
    if o.list:
        for s in seeds.values():
            print(s["id"], s["half"], s["base"], f"{s['expect_file']}:{s['expect_line']}", s["what"])
        return
    if o.all:
        bad = 0
        for s in seeds.values():
            with tempfile.TemporaryDirectory() as t:
                target = os.path.join(t, "c")
                apply(s, o.root, target)
                if o.check:
                    r = subprocess.run([o.check, "--format", "json", "--lang", "ja", "check", "--content", target], capture_output=True, text=True)
                    d = [json.loads(l) for l in r.stdout.splitlines() if l.startswith("{")]
                    errors = [x for x in d if x.get("severity") == "error"]
                    bad += bool(errors) or r.returncode not in (0, 1)
                    for x in errors:
                        print(s["id"], "rc", r.returncode, x.get("rule"), x.get("path"), x.get("line"), x.get("message"))
                    if r.returncode not in (0, 1) or r.stderr.count("panicked"):
                        print(s["id"], "rc", r.returncode, r.stderr[:200])
        print(f"{len(seeds)} seeds applied" + (f", {bad} with errors" if o.check else ""))
        return
    if not o.id or not o.target:
        a.error("ID and TARGET needed")
    apply(seeds[o.id], o.root, o.target)
    print(seeds[o.id]["what"])

if __name__ == "__main__":
    main()
