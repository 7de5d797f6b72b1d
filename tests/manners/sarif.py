"""Holds `rung check --format sarif` against what SARIF 2.1.0 demands of what is used here.

    python3 tests/manners/sarif.py RUNG ROOT

What stands below is read off the standard (OASIS, sections 3.13 to 3.58): required properties, their types, and that
indexes, regions and references point at what is there. Every rule file of the corpus and of rules/ is checked, in
a copy of its own, and each place is compared with the text that stands there.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

RUNG, ROOT = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
seen = {"results": 0, "related": 0, "fixes": 0}


def expect(holds, what, where):
    if not holds:
        sys.exit(f"{what}: {json.dumps(where)[:400]}")


def check_region(region, lines, where):
    for name in ("startLine", "startColumn", "endLine", "endColumn"):
        expect(isinstance(region.get(name), int) and region[name] >= 1, name, where)
    begin = (region["startLine"], region["startColumn"])
    end = (region["endLine"], region["endColumn"])
    expect(begin <= end, "a region ends before it begins", where)
    expect(region["startLine"] <= len(lines) + 1, "a region behind the text", where)
    if region["startLine"] <= len(lines):
        length = len(lines[region["startLine"] - 1])
        expect(region["startColumn"] <= length + 1, "a region behind its line", where)


def text_of(uri, folder, where):
    expect(not re.match(r"[a-z]+:|/", uri), "the reference is not relative", where)
    path = folder / urllib.parse.unquote(uri)
    expect(path.is_file(), "the reference names no file", where)
    return path.read_text(encoding="utf-8", errors="replace").split("\n")


def check_location(location, folder):
    physical = location["physicalLocation"]
    lines = text_of(physical["artifactLocation"]["uri"], folder, location)
    check_region(physical["region"], lines, location)


def check_fix(fix, folder):
    expect(fix["description"]["text"], "a fix says what it does", fix)
    expect(len(fix["artifactChanges"]) >= 1, "a fix changes something", fix)
    for change in fix["artifactChanges"]:
        lines = text_of(change["artifactLocation"]["uri"], folder, fix)
        expect(len(change["replacements"]) >= 1, "a change replaces something", fix)
        for replacement in change["replacements"]:
            region = replacement["deletedRegion"]
            check_region(region, lines, fix)
            line = lines[region["startLine"] - 1]
            deleted = line[region["startColumn"] - 1:region["endColumn"] - 1]
            inserted = replacement["insertedContent"]["text"]
            expect(deleted and deleted != inserted and "\n" not in inserted, "a replacement", fix)
            seen["fixes"] += 1


def check(log, folder):
    expect(log["version"] == "2.1.0", "version", log)
    expect(log["$schema"].startswith("https://") and "sarif-2.1.0" in log["$schema"], "$schema", log)
    expect(isinstance(log["runs"], list) and len(log["runs"]) == 1, "runs", log)
    run = log["runs"][0]
    expect(run["columnKind"] == "unicodeCodePoints", "columnKind", run)
    driver = run["tool"]["driver"]
    expect(driver["name"] == "rung" and re.match(r"\d+\.\d+\.\d+$", driver["semanticVersion"]), "driver", driver)
    rules = driver["rules"]
    expect(len({rule["id"] for rule in rules}) == len(rules), "rules are given once", rules)
    for rule in rules:
        for name in ("shortDescription", "fullDescription", "help"):
            expect(rule[name]["text"], name, rule)
        expect(rule["defaultConfiguration"]["level"] in ("error", "warning"), "level", rule)
    for result in run["results"]:
        seen["results"] += 1
        expect(result["message"]["text"], "message", result)
        expect(result["level"] in ("error", "warning", "note", "none"), "level", result)
        expect(rules[result["ruleIndex"]]["id"] == result["ruleId"], "ruleIndex", result)
        for location in result.get("locations", []):
            check_location(location, folder)
        for number, location in enumerate(result.get("relatedLocations", []), 1):
            expect(location["id"] == number and location["message"]["text"], "related", location)
            check_location(location, folder)
            seen["related"] += 1
        for fix in result.get("fixes", []):
            check_fix(fix, folder)


def run(paths, folder):
    ran = subprocess.run([RUNG, "check", *paths, "--format", "sarif"], cwd=folder, capture_output=True, text=True,
                         check=False)
    if ran.returncode == 2 and not ran.stdout:
        return  # the call cannot be answered: said in words
    expect(ran.returncode in (0, 1, 2) and not ran.stderr, f"exit {ran.returncode}", ran.stderr)
    log = json.loads(ran.stdout)
    check(log, folder)
    levels = {result["level"] for result in log["runs"][0]["results"]}
    expected = 2 if "error" in levels else 1 if levels else 0
    expect(ran.returncode == expected, f"exit {ran.returncode} beside {levels}", log)


def main():
    run(["rules"], ROOT)
    for case in sorted(ROOT.glob("tests/corpus/cases/rules/*.case")):
        files = re.findall(r"^--- file (\S+\.rung)\n(.*?)(?=^--- )", case.read_text(encoding="utf-8"), re.M | re.S)
        with tempfile.TemporaryDirectory() as folder:
            names = []
            for name, text in files:
                path = pathlib.Path(folder, "a folder", name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
                names.append("a folder/" + name)
            if names:
                run(names, pathlib.Path(folder))
    expect(seen["results"] > 200 and seen["related"] > 5 and seen["fixes"] > 5, "too little was seen", seen)
    print(seen)


main()
