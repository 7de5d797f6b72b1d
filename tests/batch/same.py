"""Holds a list of partners against its partners one by one: every partner of `rules/`, judged alone, gives what its
row says. Columns that need explanations and columns that do not are asked for apart, since they are found by
different evaluators."""
import csv
import io
import json
import pathlib
import subprocess
import sys

rung, root = sys.argv[1], pathlib.Path(sys.argv[2])
compared = 0


def run(*words, text=None):
    return subprocess.run([rung, *map(str, words)], input=text, capture_output=True, text=True, check=False)


def expected(result):
    """What the columns say of ladders, benefits and measures, from the result of one partner."""
    ladders = result["ladders"]
    row = {"partner": result["input"]["partner"]["key"] or ""}
    for ladder in ladders:
        prefix = ladder["id"] + "." if len(ladders) > 1 else ""
        row[prefix + "tier"] = ladder["tier"] or "unknown"
        row[prefix + "at_least"] = ladder["at_least"]
        row[prefix + "possible"] = "; ".join(ladder["possible"])
    explained = {"missing": "; ".join(result["decide_next"])}
    for benefit in result["benefits"]:
        explained["benefits." + benefit["id"]] = benefit["verdict"]
    for requirement in result["requirements"]:
        ladder = next(one for one in ladders if one["id"] == requirement["ladder"])
        if len(ladders) == 1 and requirement["path"] == ladder["path"]:
            explained[requirement["tier"] + "." + requirement["id"]] = requirement["verdict"]
    return row, explained


def compare(rules, name, text, options):
    global compared
    alone = run("eval", name, "--rules", rules, "--format", "json", *options)
    if alone.returncode != 0:
        return
    result = json.loads(alone.stdout)
    line = text.replace("\n", " ") + "\n"  # line ends stand between the tokens of JSON alone
    for wanted in expected(result):
        table = run("eval", "-", "--input", "ndjson", "--rules", rules, "--format", "csv", "--quiet", "--columns",
                    ",".join(wanted), *options, text=line)
        row = next(csv.DictReader(io.StringIO(table.stdout, newline="")))
        found = {key: row[key] for key in wanted}
        if found != wanted:
            sys.exit(f"{name} by {rules}: alone {wanted}, in a list {found}\n{table.stderr}")
    whole = run("eval", name, "--rules", rules, "--format", "ndjson", "--quiet", "--columns", "result", *options)
    if json.loads(whole.stdout)["result"] != result:
        other = json.loads(whole.stdout)["result"]
        differing = [key for key in result if result[key] != other.get(key)]
        sys.exit(f"{name} by {rules}: the whole result differs in a list: {differing}")
    compared += 1


for folder in sorted((root / "rules").iterdir()):
    for facts in sorted(folder.glob("facts/*.json")):
        compare(folder, facts, facts.read_text(), [])
        for rules in sorted(folder.glob("*.rung")):
            if not rules.name.endswith(".test.rung"):
                compare(rules, facts, facts.read_text(), ["--version", rules.stem])
if compared < 30:
    sys.exit(f"only {compared} partners were compared")
print(compared, "partners compared")
