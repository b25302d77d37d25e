#!/usr/bin/env python3
"""Measure how many seeded errors `shirube check` finds, by group.

  measure.py PROGRAM FILE [--missed] [--jobs N]

An error counts as found if `check` reports something that it does not report for the unedited base, as at the right line if
one of these findings is at the expected line or a line of `also`. `--missed` lists the errors that were not found or are
reported elsewhere; do not use it with the withheld half before the rules are final.
"""
import argparse, collections, concurrent.futures, json, os, pathlib, subprocess, tempfile
import apply

ROOT = pathlib.Path(__file__).resolve().parents[2]

def findings(program, content):
    command = [program, "--format", "json", "--lang", "ja", "check", "--content", content]
    output = subprocess.run(command, capture_output=True, text=True).stdout
    lines = (json.loads(line) for line in output.splitlines() if line.startswith("{"))
    return [(d.get("rule"), os.path.relpath(d.get("path") or content, content), d.get("message"), d.get("line")) for d in lines]

def new_findings(seed, program, known):
    with tempfile.TemporaryDirectory() as folder:
        content = os.path.join(folder, "content")
        apply.apply(seed, ROOT, content)
        rest, new = collections.Counter(known), []
        for finding in findings(program, content):
            if rest[finding[:3]]:
                rest[finding[:3]] -= 1
            else:
                new.append(finding)
        return new

def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("seeds")
    arguments.add_argument("--missed", action="store_true")
    arguments.add_argument("--jobs", type=int, default=2)
    options = arguments.parse_args()
    program, seeds = os.path.abspath(options.program), list(apply.load(options.seeds).values())
    known = {}
    for base in sorted({seed["base"] for seed in seeds}):
        known[base] = [finding[:3] for finding in findings(program, os.path.join(ROOT, base))]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(lambda seed: new_findings(seed, program, known[seed["base"]]), seeds))
    groups = collections.defaultdict(lambda: [0, 0, 0])
    for seed, new in zip(seeds, results):
        places = [(seed["expect_file"], seed["expect_line"])] + [(p["file"], p["line"]) for p in seed.get("also", [])]
        at_line = any((path, line) in places for _, path, _, line in new)
        group = groups[seed["id"][1:3]]
        group[0] += 1
        group[1] += bool(new)
        group[2] += at_line
        if options.missed and not at_line:
            print(seed["id"], "reported elsewhere" if new else "not found", f'{seed["expect_file"]}:{seed["expect_line"]}', seed["what"])
            for rule, path, message, line in new:
                print("     ", rule, f"{path}:{line}", message)
    print("group  errors  found  right line")
    for name, (count, found, line) in sorted(groups.items()):
        print(f"{int(name):>5}  {count:>6}  {found:>5}  {line:>10}")
    count, found, line = (sum(column) for column in zip(*groups.values()))
    print(f"total  {count:>6}  {found:>5}  {line:>10}   ({100 * found / count:.0f} % found, {100 * line / count:.0f} % at the right line)")

if __name__ == "__main__":
    main()
