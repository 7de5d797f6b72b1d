"""Holds partners written as CSV, with their lists of records in files of their own, against the same partners as JSON:
every partner of `rules/` must have the same result, whole."""
import csv
import functools
import json
import pathlib
import subprocess
import sys
import tempfile

rung, root = sys.argv[1], pathlib.Path(sys.argv[2])
BESIDE = ["on", "review", "version"]
compared = joined = 0


def run(*words):
    return subprocess.run([rung, *map(str, words)], capture_output=True, text=True, check=False)


def found(record, pointer):
    """What stands there, or nothing."""
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(record, dict) or step not in record:
            return None
        record = record[step]
    return record


def cell(need, value):
    """As a person would write it, so that the reading of cells is tried, and not JSON alone."""
    if value is None:
        return ""
    if need["type"] == "yes_no" and isinstance(value, bool):
        return "Yes" if value else "no"
    if need["type"] == "choices" and isinstance(value, list):
        return "; ".join(value) if value else "nothing"
    return value if isinstance(value, str) else json.dumps(value)


def write(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def as_csv(folder, needs, content):
    """The words of a call over the partner as CSV."""
    facts = content.get("facts", content)
    key = next((need for need in needs if need["key"] and isinstance(found(facts, need["pointer"]), str)), None)
    header, row, lists = [], [], []
    for need in needs:
        value = found(facts, need["pointer"])
        names = {field["pointer"] for field in need.get("fields", [])}
        whole = isinstance(value, list) and all(isinstance(item, dict) for item in value)
        if need["type"] == "list" and need.get("record") and key and whole and "" not in names:
            rows = [[found(facts, key["pointer"]), *(cell(field, found(item, field["pointer"]))
                                                     for field in need["fields"])] for item in value]
            path = write(folder / f"{need['name']}.csv",
                         [key["name"], *(field["name"] for field in need["fields"])], rows)
            lists += ["--list", f"{need['name']}={path}"]
        elif value is not None:
            header.append(need["pointer"] if len(header) % 2 else need["pointer"][1:].replace("/", "."))
            row.append(cell(need, value))
    for name in [*BESIDE, *(name for name, value in facts.items()
                            if isinstance(value, str) and not any(need["pointer"] == "/" + name for need in needs))]:
        value = content.get(name, facts.get(name))
        if value is not None and name not in header:
            header.append(name)
            row.append(value)
    for name, value in content.get("held", {}).items() if "facts" in content else ():
        if isinstance(value, str):
            header.append("held." + name)
            row.append(value)
    return [write(folder / "partner.csv", header, [row]), *lists]


def result(*words):
    told = run("eval", *words, "--format", "ndjson", "--quiet", "--columns", "result")
    try:
        whole = json.loads(told.stdout)["result"]
    except (ValueError, KeyError):
        sys.exit(f"{words}: {told.returncode} {told.stdout[:2000]} {told.stderr}")
    del whole["input"]["facts_sha256"], whole["warnings"]
    return whole


@functools.lru_cache(maxsize=None)
def declared(rules):
    return json.loads(run("facts", rules, "--json").stdout)["facts"]


def compare(rules, path):
    global compared, joined
    content = json.loads(path.read_text(encoding="utf-8"))
    facts = content.get("facts", content)
    beside = set(content) - {"facts", "held", *BESIDE} if "facts" in content else set()
    if beside or any("incomplete" in part or "waivers" in part for part in (content, facts)):
        return  # what no column tells
    if run("eval", path, "--rules", rules).returncode != 0:
        return
    folder = pathlib.Path(tempfile.mkdtemp(dir=work))
    line = folder / "partner.ndjson"
    line.write_text(json.dumps(content) + "\n", encoding="utf-8")
    there = result(line, "--rules", rules)
    words = as_csv(folder, declared(there["input"]["rules_file"]), content)
    here = result(*words, "--rules", rules)
    if here != there:
        differing = [name for name in there if there[name] != here.get(name)]
        sys.exit(f"{path}: as CSV, these differ: {differing}")
    compared += 1
    joined += words.count("--list")


with tempfile.TemporaryDirectory() as work:
    for program in sorted((root / "rules").iterdir()):
        for partner in sorted(program.glob("facts/*.json")):
            compare(program, partner)
if compared < 30 or joined < 30:
    sys.exit(f"only {compared} partners were compared, with {joined} lists")
print(compared, "partners compared, with", joined, "lists in files of their own")
