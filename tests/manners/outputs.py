"""What becomes of outputs that are lost: interrupts, a full disk, a closed pipe; and of the progress bar.

    python3 tests/manners/outputs.py RUNG ROOT
"""
import fcntl
import json
import os
import pathlib
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time

RUNG, ROOT = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
RULES = str(ROOT / "rules/twilio-technology-2023")
ACME = str(ROOT / "examples/partners/acme-silver.json")
LINE = json.dumps(json.loads(pathlib.Path(ACME).read_text(encoding="utf-8"))) + "\n"
BEFORE = "what stood there\n"


def expect(holds, what):
    if not holds:
        sys.exit(what)


def untouched(folder, what):
    """The name has what stood there, and nothing stands beside it."""
    expect(pathlib.Path(folder, "out.csv").read_text(encoding="utf-8") == BEFORE, f"{what}: the file was changed")
    left = [name for name in os.listdir(folder) if name.endswith(".part")]
    expect(not left, f"{what}: {left} is left")


def wait_until(condition, what):
    end = time.monotonic() + 30
    while not condition():
        expect(time.monotonic() < end, f"{what} did not happen")
        time.sleep(0.01)


def begun(folder, **options):
    """An evaluation of a list that does not end, when it is writing."""
    pathlib.Path(folder, "out.csv").write_text(BEFORE, encoding="utf-8")
    process = subprocess.Popen(
        [RUNG, "eval", "-", "--input", "ndjson", "--rules", RULES, "--format", "csv", "--output", "out.csv"],
        cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
    for _ in range(200):
        process.stdin.write(LINE)
    process.stdin.flush()
    wait_until(lambda: any(name.endswith(".part") for name in os.listdir(folder)), "writing aside")
    return process


def interrupted(folder):
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        process = begun(folder)
        process.send_signal(number)
        expect(process.wait(30) == -number, f"{number.name}: exit {process.returncode}")
        untouched(folder, number.name)


def killed(folder):
    """Nothing can be taken away then; but the name has what stood there."""
    process = begun(folder)
    process.kill()
    process.wait(30)
    expect(pathlib.Path(folder, "out.csv").read_text(encoding="utf-8") == BEFORE, "SIGKILL: the file was changed")
    for name in os.listdir(folder):
        if name.endswith(".part"):
            os.unlink(os.path.join(folder, name))


def too_large(folder):
    """A limit of size stands for a full disk: both are an answer of `write`."""
    pathlib.Path(folder, "out.csv").write_text(BEFORE, encoding="utf-8")
    pathlib.Path(folder, "many.ndjson").write_text(LINE * 3000, encoding="utf-8")
    ran = subprocess.run(["sh", "-c", 'ulimit -f 16; exec "$@"', "sh", RUNG, "eval", "many.ndjson", "--rules", RULES,
                          "--format", "csv", "--output", "out.csv"], cwd=folder, capture_output=True, text=True,
                         check=False)
    expect(ran.returncode == 3 and "file too large" in ran.stderr, f"full disk: {ran.returncode} {ran.stderr}")
    untouched(folder, "full disk")


# Every verb that prints an answer.
ANSWERS = [
    ["eval", ACME, "--rules", RULES], ["why", "silver", ACME, "--rules", RULES],
    ["why-not", "gold", ACME, "--rules", RULES], ["plan", "gold", ACME, "--rules", RULES],
    ["what-if", ACME, "--rules", RULES, "--set", "gtm_plan_complete=yes"], ["ask", ACME, "--rules", RULES],
    ["outlook", ACME, "--rules", RULES, "--until", "2023-12-31"], ["check", str(ROOT / "rules")],
    ["test", RULES], ["facts", RULES], ["explain"], ["versions", str(ROOT / "rules/hubspot-solutions")],
    ["diff", str(ROOT / "rules/hubspot-solutions/2016.rung"), str(ROOT / "rules/hubspot-solutions/2018.rung")],
    ["blame", RULES, RULES, ACME, ACME], ["calc", "1 + 1"], ["help"], ["help", "eval"], ["eval", "--help"], ["--help"],
    ["--version"], ["completions", "bash"], ["eval", ACME, "--rules", RULES, "--format", "csv", "--quiet"],
]


def lost_pipes():
    for words in ANSWERS:
        for formats in ([], ["--json"]) if words[0] in ("eval", "check", "explain") and len(words) < 5 else ([],):
            reads, writes = os.pipe()
            os.close(reads)
            ran = subprocess.run([RUNG, *words, *formats], stdout=writes, stderr=subprocess.PIPE, text=True,
                                 check=False)
            os.close(writes)
            expect(ran.returncode == 3 and not ran.stderr, f"closed pipe: {words}: {ran.returncode} {ran.stderr}")
            with open("/dev/full", "w", encoding="utf-8") as full:
                ran = subprocess.run([RUNG, *words, *formats], stdout=full, stderr=subprocess.PIPE, text=True,
                                     check=False)
            expect(ran.returncode == 3 and "standard output" in ran.stderr and "no space left" in ran.stderr,
                   f"full disk: {words}: {ran.returncode} {ran.stderr}")


def on_terminal(words, columns=60, environment=None, stdin=None):
    """What the command writes to a terminal of this width, and its exit code."""
    process, terminal = pty.fork()
    if process == 0:
        if stdin is not None:
            os.dup2(stdin, 0)
        os.execve(RUNG, [RUNG, *words], {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **(environment or {})})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    written = b""
    while select.select([terminal], [], [], 60)[0]:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        written += piece
    return written.decode("utf-8"), os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def colours():
    shown, _ = on_terminal(["calc", "1 +"])
    expect("\x1b[" in shown, "a terminal shows colours")
    shown, _ = on_terminal(["calc", "1 +", "--color", "never"])
    expect("\x1b[" not in shown, "--color never")
    shown, _ = on_terminal(["calc", "1 +"], environment={"NO_COLOR": "1"})
    expect("\x1b[" not in shown, "NO_COLOR")
    shown, _ = on_terminal(["calc", "1 +", "--color", "always"], environment={"NO_COLOR": "1"})
    expect("\x1b[" in shown, "what is asked for in the call goes before NO_COLOR")


def progress(folder):
    """A bar while the work is long, nothing of it left behind; none where no terminal reads, or with --quiet."""
    partners = (LINE.replace("Acme Messaging", "Acme %d" % n) for n in range(30000))
    pathlib.Path(folder, "long.ndjson").write_text("".join(partners), encoding="utf-8")
    call = ["eval", os.path.join(folder, "long.ndjson"), "--rules", RULES, "--format", "csv", "--output",
            os.path.join(folder, "long.csv")]
    shown, code = on_terminal(call)
    expect(code == 0, f"a long list: {code}")
    last = shown.rstrip().split("\r\n")[-1].split("\r")[-1]
    expect("30,000 partners" in last, f"the summary is the last line: {last!r}")
    quiet, code = on_terminal([*call, "--quiet"])
    expect(code == 0 and quiet == "", f"--quiet: {quiet!r}")
    ran = subprocess.run([RUNG, *call], capture_output=True, text=True, check=False)
    expect("\r" not in ran.stderr and ran.stderr.count("\n") == 1, f"no bar in a file: {ran.stderr!r}")


def bar():
    """Of a list whose partners come slowly, so that the bar shows however fast the machine is."""
    reads, writes = os.pipe()

    def feed():
        with open(writes, "w", encoding="utf-8") as list_of_partners:
            list_of_partners.write(LINE * 64)
            list_of_partners.flush()
            time.sleep(1.5)  # behind what a work may take without a bar
            list_of_partners.write(LINE * 128)

    feeder = threading.Thread(target=feed)
    feeder.start()
    shown, code = on_terminal(["eval", "-", "--input", "ndjson", "--rules", RULES, "--format", "csv", "--output",
                               os.devnull], stdin=reads)
    feeder.join()
    expect(code == 0 and "\r\x1b[K128 partners\r\x1b[K" in shown, f"no bar: {code} {shown!r}")


def waiting():
    """An interrupt while the command waits for more of the list: what it has so far, and that it is not all."""
    process = subprocess.Popen([RUNG, "impact", f"{RULES}/2023.rung", f"{RULES}/2023.rung", "-", "--input", "ndjson"],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdin.write(LINE * 3 + LINE[:100])
    process.stdin.flush()

    def is_read():
        left = fcntl.ioctl(process.stdin, termios.FIONREAD, b"\0" * 4)
        return struct.unpack("i", left) == (0,)

    wait_until(is_read, "reading")
    time.sleep(0.1)  # until it reads again, and waits
    process.send_signal(signal.SIGINT)
    told = process.stdout.read()
    expect(process.wait(30) == 130 and told.startswith("3 partners:") and "not the whole list" in told,
           f"waiting: {process.returncode} {told}")


def full_disk(folder):
    """A file system of 16 kB, where this account may mount one; else /dev/full and limits stand for it."""
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "none", folder], capture_output=True,
                      check=False).returncode != 0:
        print("no file system could be mounted: a full disk was tried with /dev/full and limits alone")
        return
    try:
        pathlib.Path(folder, "out.csv").write_text(BEFORE, encoding="utf-8")
        for call in (["eval", "-", "--input", "ndjson", "--rules", RULES, "--format", "csv"],
                     ["impact", f"{RULES}/2023.rung", f"{RULES}/2023.rung", "-", "--input", "ndjson", "--format", "html",
                      "--sweep", "success_stories@silver=1..40"]):
            ran = subprocess.run([RUNG, *call, "--output", "out.csv"], cwd=folder, input=LINE * 1000,
                                 capture_output=True, text=True, check=False)
            expect(ran.returncode == 3 and "no space left" in ran.stderr,
                   f"full disk: {call[0]}: {ran.returncode} {ran.stderr}")
            untouched(folder, "full disk")
    finally:
        subprocess.run(["umount", folder], check=True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        interrupted(folder)
        killed(folder)
        too_large(folder)
        progress(folder)
    bar()
    waiting()
    with tempfile.TemporaryDirectory() as folder:
        full_disk(folder)
    lost_pipes()
    colours()
    print(f"{len(ANSWERS)} answers to closed pipes and full disks")


main()
