"""Holds the numbers of docs/yearly-edit.md against two evaluations of its list: the page's own commands are run, each
version then judges all partners by `rung eval`, and what the page says of `rung impact` has to come out again."""
import collections
import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

rung, root = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
page = (root / "docs/yearly-edit.md").read_text(encoding="utf-8")
scratch = tempfile.TemporaryDirectory()
here = pathlib.Path(scratch.name)
shutil.copytree(root / "rules", here / "rules")
shutil.copytree(root / "examples", here / "examples")
environment = dict(os.environ, PATH=f"{rung.parent}:{os.environ['PATH']}")


def run(command):
    return subprocess.run(command, shell=True, cwd=here, env=environment, capture_output=True, text=True, check=False)


# The commands of the page as far as they make the two versions and the list.
blocks = re.findall(r"```console\n(.*?)```", page, flags=re.S)
commands = [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]
edits = [command for command in commands if command.startswith("sed -i '/")]
if len(edits) != 5:
    sys.exit(f"the page makes {len(edits)} edits, not five")
for command in commands:
    if command.startswith("rung diff"):
        break
    run(command)


def judged(rules, name):
    """By partner: the tier, whether it is certain, and the benefits."""
    columns = ",".join(["partner", "tier"] + ["benefits." + one for one in BENEFITS])
    done = run(f"rung eval partners.ndjson --rules {rules} --version {name} --columns {columns} --format csv --quiet")
    if done.returncode != 0:
        sys.exit(done.stderr)
    return {row["partner"]: row for row in csv.DictReader(done.stdout.splitlines())}


ORDER = ["none", "registered", "bronze", "silver", "gold"]
BENEFITS = ["partner_listing", "solution_review", "mdf"]


def move(before, after):
    if "unknown" in (before["tier"], after["tier"]):
        return "undecided"
    step = ORDER.index(after["tier"]) - ORDER.index(before["tier"])
    return "up" if step > 0 else "down" if step < 0 else "unchanged"


old, new = judged("program/2023.rung", "2023"), judged("program/2024.rung", "2024")
counts = collections.Counter(move(old[partner], new[partner]) for partner in old)
matrix = collections.Counter((old[partner]["tier"], new[partner]["tier"]) for partner in old)
told = json.loads(run("rung impact program/2023.rung program/2024.rung partners.ndjson --format json").stdout)
ladder = told["ladders"][0]


def same(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: the report says {found}, two evaluations say {wanted}")


same("partners", told["partners"], len(old))
for kind in ("up", "down", "unchanged", "undecided"):
    same(kind, ladder[kind], counts[kind])
ids = [tier["id"] for tier in ladder["tiers"]] + ["unknown"]
for row, before in enumerate(ids):
    for column, after in enumerate(ids):
        same(f"{before} to {after}", ladder["matrix"][row][column], matrix[(before, after)])
movers = {mover["key"]: (mover["from"], mover["to"]) for mover in told["movers"]}
same("movers", movers, {partner: (old[partner]["tier"], new[partner]["tier"]) for partner in old
                        if move(old[partner], new[partner]) in ("up", "down")})
same("causes", sum(cause["up"] + cause["down"] for cause in told["causes"]), len(movers))
for benefit in told["benefits"]:
    name = "benefits." + benefit["id"]
    if benefit["id"] in BENEFITS:
        won = sum(old[one][name] != "granted" and old[one][name] != "unknown" and new[one][name] == "granted"
                  for one in old)
        lost = sum(old[one][name] == "granted" and new[one][name] not in ("granted", "unknown") for one in old)
        same(f"{name} won", benefit["won"], won)
        same(f"{name} lost", benefit["lost"], lost)

verdict = (f"{len(old):,} partners: {counts['up']:,} up, {counts['down']:,} down, {counts['unchanged']:,} unchanged, "
           f"{counts['undecided']:,} undecided")
if verdict not in page:
    sys.exit(f"the page does not say: {verdict}")

# Each edit by itself: the program of 2023 with that edit alone, made as the page makes it.
for number, edit in enumerate(edits, 1):
    run("cp program/2023.rung alone.rung")
    run(edit.replace("program/2024.rung", "alone.rung"))
    alone = judged("alone.rung", "2023")
    ups = sum(move(old[one], alone[one]) == "up" for one in old)
    downs = sum(move(old[one], alone[one]) == "down" for one in old)
    if (ups, downs) not in [(one["alone_up"], one["alone_down"]) for one in told["edits"]]:
        sys.exit(f"edit {number} alone moves {ups} up and {downs} down, which no edit of the report does: {told['edits']}")
print(verdict)
