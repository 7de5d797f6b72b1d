"""Watches a folder as an operator does: an edit that is saved is checked, tested and counted; a fault is told and does
not end the watch; an interrupt does, with the exit code of the last look."""
import os
import pathlib
import queue
import signal
import subprocess
import sys
import tempfile
import threading

rung = str(pathlib.Path(sys.argv[1]).resolve())
scratch = tempfile.TemporaryDirectory()
here = pathlib.Path(scratch.name)
rules = here / "rules"
rules.mkdir()
FILE = rules / "2024.rung"
TEXT = """program    p "Acme"
version    2024
effective  2024-01-01 onwards

ladder     none < silver "Silver" < gold "Gold"
           climbed one by one

facts
  partner  text          "Partner"  key
  people   whole number  "People"

requirements
| name   | label    | asks        | silver | gold | cite |
|--------|----------|-------------|--------|------|------|
| people | "People" | people >= _ | 2      | 5    | p. 3 |

test "five people" on 2024-02-15
  given  people = 5
  expect tier gold
"""
FILE.write_text(TEXT, encoding="utf-8")
partners = here / "partners.ndjson"
partners.write_text("".join('{"partner": "P%d", "people": %d}\n' % (n, n) for n in range(10)), encoding="utf-8")


def watch(*words):
    """The process, and a queue of its lines."""
    process = subprocess.Popen([rung, "watch", *words], cwd=here, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               text=True, env={**os.environ, "COLUMNS": "200"})
    lines = queue.Queue()

    def read():
        for line in process.stdout:
            lines.put(line.rstrip("\n"))

    threading.Thread(target=read, daemon=True).start()
    return process, lines


def wait_for(text, lines):
    """Everything up to the line that holds the text."""
    seen = []
    while True:
        try:
            seen.append(lines.get(timeout=60))
        except queue.Empty:
            sys.exit(f"no {text!r} within a minute; seen: {seen}")
        if text in seen[-1]:
            return seen


def end(process, wanted):
    process.send_signal(signal.SIGINT)
    code = process.wait(timeout=60)
    if code != wanted:
        sys.exit(f"an interrupt ends it with {code}, not {wanted}")


process, lines = watch("rules", "--partners", "partners.ndjson")
wait_for("1 file checked: nothing found", lines)
wait_for("1 test passed", lines)
wait_for("", lines)

# Gold asks for six people: P5 falls, and so does the test.
FILE.write_text(TEXT.replace("| 5    |", "| 6    |"), encoding="utf-8")
wait_for("2024.rung saved", lines)
wait_for("1 failed", lines)
wait_for("10 partners: 0 up, 1 down, 9 unchanged, 0 undecided", lines)

# The next save tells what fails still by its number alone.
FILE.write_text(TEXT.replace("| 5    |", "| 6    |") + "# saved again\n", encoding="utf-8")
again = wait_for("1 as before", lines)
if not again[-1].startswith("0 tests passed, 1 failed") or any("five people" in line for line in again):
    sys.exit(f"a failure that was told is told again: {again}")
wait_for("10 partners: 0 up, 1 down", lines)

# What is not valid is told, and counts nobody.
FILE.write_text(TEXT.replace("people >= _", "persons >= _"), encoding="utf-8")
wait_for("2024.rung saved", lines)
wait_for("unknown-name", lines)

# Saved again, it is not told again.
FILE.write_text(TEXT.replace("people >= _", "persons >= _") + "# saved again\n", encoding="utf-8")
again = wait_for("1 file checked: 1 finding, 1 as before", lines)
if any("unknown-name" in line for line in again):
    sys.exit(f"a finding that was told is told again: {again}")

# As it was: nobody moves, and what was found is gone.
FILE.write_text(TEXT, encoding="utf-8")
wait_for("no longer: error[unknown-name]", lines)
wait_for("no longer: five people", lines)
wait_for("10 partners: 0 up, 0 down, 10 unchanged, 0 undecided", lines)
end(process, 0)

# Where rules cannot be read, a warning is not looked for: it is not gone, and not new when they can be again.
FILE.write_text(TEXT + "# to check: the figures\n", encoding="utf-8")
process, lines = watch("rules")
wait_for("warning[line-to-check]", lines)
wait_for("1 test passed", lines)
wait_for("", lines)
FILE.write_text(TEXT.replace("people >= _", "persons >= _") + "# to check: the figures\n", encoding="utf-8")
told = wait_for("1 file checked: 1 finding", lines)
FILE.write_text(TEXT + "# to check: the figures\n", encoding="utf-8")
told += wait_for("1 file checked: 1 finding, 1 as before", lines)
if any("line-to-check" in line for line in told):
    sys.exit(f"a warning that was hidden is told as gone, or as new: {told}")
end(process, 1)
FILE.write_text(TEXT, encoding="utf-8")

# In another language, all that the watch itself says is in it.
process, lines = watch("rules", "--partners", "partners.ndjson", "--lang", "de")
told = wait_for("1 Test bestanden", lines)
wait_for("", lines)
FILE.write_text(TEXT + "# saved\n", encoding="utf-8")
told += wait_for("10 Partner: 0 steigen, 0 fallen, 10 bleiben, 0 offen", lines)
english = [line for line in told if any(word in line.split() for word in ("checked:", "saved", "passed", "against"))]
if english or not any("gespeichert" in line for line in told):
    sys.exit(f"a German watch says {told}")
end(process, 0)

# A watch that ends on a fault says so.
FILE.write_text(TEXT.replace("people >= _", "persons >= _"), encoding="utf-8")
process, lines = watch("rules")
wait_for("unknown-name", lines)
wait_for("1 file checked", lines)
end(process, 2)
