"""Holds `rung impact` against `rung eval`, over partners made by chance: its counts are those of two evaluations of the
list, and what it says of edits is what rule files say in which they were made by hand. With a third word, so many
partners, of which then only tiers are compared."""
import contextlib
import csv
import io
import itertools
import json
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

rung, root = sys.argv[1], pathlib.Path(sys.argv[2])
size = int(sys.argv[3]) if len(sys.argv) > 3 else 2000
folder = tempfile.TemporaryDirectory()
work = pathlib.Path(folder.name)
rules = (root / "rules/twilio-technology-2023/2023.rung").read_text()
tiers = ["none", "registered", "bronze", "silver", "gold"]


def cell(row, tier, value):
    """What a row asks at a tier."""
    def edit(text):
        lines = text.split("\n")
        at = next(i for i, line in enumerate(lines) if line.startswith(f"| {row} "))
        cells = lines[at].split("|")
        cells[5 + tiers[1:].index(tier)] = f" {value} "
        lines[at] = "|".join(cells)
        return "\n".join(lines)
    return f"{row}@{tier}", edit


def term(text):
    old = "count of commits where term_years > 1 and"
    assert old in text
    return text.replace(old, "count of commits where term_years >= 1 and")


edits = dict([cell("success_stories", "silver", "3"), cell("success_stories", "gold", "4"),
              cell("revenue.spend", "silver", "$4M"), cell("revenue.any_commit", "silver", "2"),
              cell("revenue.commit", "gold", "$40M"), cell("revenue.influence", "silver", "$750K"),
              ("active_commits@", term)])


def edited(names):
    """A rule file with these edits alone."""
    text = rules
    for name in names:
        text = edits[name](text)
    path = work / ("+".join(sorted(names)).replace("@", "-") + ".rung")
    path.write_text(text)
    return path


def run(*words, codes=(0,)):
    done = subprocess.run([rung, *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode not in codes:
        sys.exit(f"rung {' '.join(map(str, words))}: ended with {done.returncode}\n{done.stderr}")
    return done.stdout


def check(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: rung impact says {found}, evaluations say {wanted}")


# ---- the list ------------------------------------------------------------------------------------------------------

def partner(dice, records, number):
    facts = json.loads(json.dumps(dice.choice(records)))
    facts["partner"] = f"Partner {number}"
    facts["success_stories"] = [{"title": f"S{i}", "customer_facing": dice.random() < 0.9,
                                 "published_on": "2021-03-04"} for i in range(dice.randrange(6))]
    for name, field in ("direct_revenue", "amount_usd"), ("influenced_deals", "est_arr_usd"):
        for line in facts[name]:
            line[field] = dice.randrange(60) * 100_000
    facts["twilio_commits"] = [{"signed_on": "2022-05-01", "ends_on": "2025-05-01", "term_years": dice.choice([1, 3]),
                                "tcv_usd": dice.randrange(30, 60) * 1_000_000} for _ in range(dice.choice([0, 0, 1, 2]))]
    for name in "gtm_plan_complete", "account_mapping_implemented", "silver_invited", "single_sourcing":
        facts[name] = dice.random() < 0.5
    if dice.random() < 0.1:
        del facts[dice.choice(["account_mapping_implemented", "single_sourcing", "twilio_commits"])]
    return facts


def write_list():
    dice = random.Random(7)
    names = ["02-bronze-embed-exact", "05-silver-integrate-midyear", "06-silver-leap-window", "09-gold-commit"]
    records = [json.loads((root / f"rules/twilio-technology-2023/facts/{name}.json").read_text()) for name in names]
    path = work / "partners.ndjson"
    with path.open("w") as file:
        for number in range(size):
            file.write(json.dumps(partner(dice, records, number)) + "\n")
    return path


listed = write_list()
known = {}


def tiers_by(names):
    """The tier of every partner, by line; none where it is not certain."""
    key = tuple(sorted(names))
    if key not in known:
        rows = run("eval", listed, "--rules", edited(key), "--format", "ndjson", "--quiet", "--columns", "line,tier")
        known[key] = {row["line"]: row["tier"] for row in map(json.loads, rows.splitlines())}
    return known[key]


# ---- counts --------------------------------------------------------------------------------------------------------

every = list(edits)
old, new = edited([]), edited(every)
began = time.monotonic()
impact = json.loads(run("impact", old, new, listed, "--format", "json", "--movers", work / "movers.csv"))
seconds = time.monotonic() - began
before, after = tiers_by([]), tiers_by(every)
ladder = impact["ladders"][0]
matrix = [[0] * (len(tiers) + 1) for _ in range(len(tiers) + 1)]
moved = {}
for line, was in before.items():
    now = after[line]
    matrix[len(tiers) if was is None else tiers.index(was)][len(tiers) if now is None else tiers.index(now)] += 1
    if was is not None and now is not None and was != now:
        moved[line] = (was, now)
check("partners", impact["partners"], size)
check("matrix", ladder["matrix"], matrix)
up = sum(tiers.index(now) > tiers.index(was) for was, now in moved.values())
check("up", ladder["up"], up)
check("down", ladder["down"], len(moved) - up)
check("undecided", ladder["undecided"], sum(None in (was, after[line]) for line, was in before.items()))
check("unchanged", ladder["unchanged"], size - len(moved) - ladder["undecided"])
check("movers", {one["line"]: (one["from"], one["to"]) for one in impact["movers"]}, moved)
check("sum of the causes", sum(one["up"] + one["down"] for one in impact["causes"]), len(moved))
with (work / "movers.csv").open(newline="") as file:
    table = {int(row["line"]): (row["from"], row["to"]) for row in csv.DictReader(file)}
check("movers as CSV", table, moved)
if size > 5000:
    print(f"{size} partners, {len(moved)} movers, {len(edits)} edits: {seconds:.1f} s, {size / seconds:.0f} partners a second")
    sys.exit()

# ---- benefits ------------------------------------------------------------------------------------------------------

benefits = [one["id"] for one in impact["benefits"]]
columns = ",".join("benefits." + one for one in benefits)
verdicts = [list(csv.DictReader(io.StringIO(run("eval", listed, "--rules", rules_file, "--format", "csv", "--quiet",
                                                "--columns", columns), newline=""))) for rules_file in (old, new)]
for benefit in impact["benefits"]:
    pairs = [(was["benefits." + benefit["id"]], now["benefits." + benefit["id"]]) for was, now in zip(*verdicts)]
    sure = [(was == "granted", now == "granted") for was, now in pairs if "unknown" not in (was, now)]
    check(benefit["id"], (benefit["won"], benefit["lost"], benefit["undecided"]),
          (sure.count((False, True)), sure.count((True, False)), len(pairs) - len(sure)))

# ---- edits ---------------------------------------------------------------------------------------------------------

names = [edit["differences"][0]["id"] + "@" + (edit["differences"][0]["column"] or "") for edit in impact["edits"]]
check("edits", sorted(names), sorted(every))
alone = {name: tiers_by([name]) for name in every}
without = {name: tiers_by([other for other in every if other != name]) for name in every}
for edit, name in zip(impact["edits"], names):
    pairs = [(tiers.index(before[line]), tiers.index(now)) for line, now in alone[name].items()
             if before[line] is not None and now is not None]
    check(name + " alone", (edit["alone_up"], edit["alone_down"]),
          (sum(now > was for was, now in pairs), sum(now < was for was, now in pairs)))
    check(name + " needed", edit["needed"], sum(without[name][line] == was for line, (was, _) in moved.items()))
held = {}
for line, was in before.items():
    movers = tuple(name for name in names if alone[name][line] not in (None, was))
    if was is not None and was == after[line] and movers:
        keepers = tuple(name for name in names if without[name][line] not in (None, was))
        held[movers, keepers] = held.get((movers, keepers), 0) + 1
check("held", {tuple(tuple(names[i] for i in one[part]) for part in ("edits", "by")): one["partners"]
               for one in impact["held"]}, held)
ways = set()
for mover in impact["movers"]:
    line, by = mover["line"], [names[i] for i in mover["edits"]]
    sufficient = [name for name in names if alone[name][line] == mover["to"]]
    check(f"line {line}", mover["by"], "together" if not sufficient else "one" if len(sufficient) == 1 else "any")
    ways.add(mover["by"])
    if sufficient:
        check(f"edits of line {line}", by, sufficient)
        continue
    check(f"edits of line {line} together", tiers_by(by)[line], mover["to"])
    for fewer in itertools.combinations(by, len(by) - 1):
        if tiers_by(fewer)[line] == mover["to"]:
            sys.exit(f"line {line} moves by {fewer}, not only by {by}")
check("kinds of causes", ways, {"one", "any", "together"})

# ---- the same again ------------------------------------------------------------------------------------------------

turned = work / "turned.ndjson"
turned.write_text("\n".join(reversed(listed.read_text().splitlines())))
other = json.loads(run("impact", old, new, turned, "--format", "json"))
for part in "ladders", "edits", "causes", "held", "benefits":
    check(part + " in another order", other[part], impact[part])
same = json.loads(run("impact", old, old, listed, "--format", "json"))
check("movers of the same rules", (same["movers"], same["edits"]), ([], []))
pages = [run("impact", old, new, listed, "--format", "html") for _ in range(2)]
check("a second page", pages[1] == pages[0], True)

# ---- an interrupt --------------------------------------------------------------------------------------------------

lines = listed.read_bytes().splitlines(keepends=True)
with subprocess.Popen([rung, "impact", old, new, "-", "--input", "ndjson", "--format", "json", "--movers",
                       work / "partial.csv"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
    read = next(i for i in range(len(lines)) if sum(map(len, lines[:i])) > 300_000)  # more than a pipe holds
    process.stdin.write(b"".join(lines[:read]))
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    with contextlib.suppress(BrokenPipeError):  # it may have ended already
        process.stdin.write(b"".join(lines[read:read + 200]))
        process.stdin.close()
    partial = json.loads(process.stdout.read())
check("the exit code of an interrupt", process.returncode, 130)
check("that it is partial", partial["partial"], True)
check("movers of a part", (work / "partial.csv").exists(), False)
first = [(before[line], after[line]) for line in list(before)[:partial["partners"]]]
check("the part's movers", len(partial["movers"]),
      sum(None not in (was, now) and was != now for was, now in first))
print(f"{size} partners, {len(moved)} movers, {len(held)} kinds of held, {len(known)} rule files")
