"""What shells complete of calls of rung, asked of the shells themselves; and pages for `man`, as they are read.

    python3 tests/manners/completions.py RUNG bash|zsh|fish|man

Ends with 77 where the shell, or what reads pages, is not installed: ctest then shows the test as skipped.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

RUNG, WHAT = sys.argv[1], sys.argv[2]
SKIPPED = 77

# The words of a call, the last one begun; some of what is offered, and some of what is not.
CALLS = [
    (["rung", "ev"], ["eval"], ["check"]),
    (["rung", "what"], ["what-if"], ["why"]),
    (["rung", "eval", "--for"], ["--format"], ["--rules"]),
    (["rung", "check", "--format", ""], ["text", "json", "sarif"], ["html"]),
    (["rung", "eval", "--lang", ""], ["en", "de", "es", "ja"], ["fr"]),
    (["rung", "eval", "acme.json", "--rules", "ru"], ["rules.rung"], ["eval"]),
    (["rung", "eval", "ac"], ["acme.json"], ["ask"]),
    (["rung", "completions", ""], ["bash", "zsh", "fish"], ["acme.json"]),
    (["rung", "explain", "unknown-n"], ["unknown-name"], ["acme.json"]),
    (["rung", "help", "vers"], ["versions"], ["eval"]),
    (["rung", "--vers"], ["--version"], ["versions"]),
]


def run(*words, **options):
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60, **options)


def needs(program):
    if shutil.which(program) is None:
        print(f"skipped: there is no {program} here")
        sys.exit(SKIPPED)


def script():
    made = run(RUNG, "completions", WHAT)
    if made.returncode != 0 or made.stderr:
        sys.exit(f"rung completions {WHAT}: {made.returncode} {made.stderr}")
    path = pathlib.Path("completions." + WHAT)
    path.write_text(made.stdout, encoding="utf-8")
    return path


def in_bash(path, words):
    quoted = " ".join(f"'{word}'" for word in words)
    ran = run("bash", "--norc", "-c",
              f"set -u; source {path}; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _rung; "
              "((${#COMPREPLY[@]} == 0)) || printf '%s\\n' \"${COMPREPLY[@]}\"")
    return ran.stdout.split("\n"), ran.stderr


def in_fish(path, words):
    ran = run("fish", "--no-config", "-c", f"source {path}; complete -C '{' '.join(words)}'")
    return [line.split("\t")[0] for line in ran.stdout.split("\n")], ran.stderr


# Where it completes, zsh calls `compadd` with what there is to offer; it is written down what of that matches.
ZSHRC = r"""
unset zle_bracketed_paste
PS1= LISTMAX=10000
autoload -Uz compinit
compinit -u -D
source completions.zsh
bindkey '^I' complete-word
compadd() {
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
        builtin compadd "$@"
        return
    fi
    typeset -a matching
    builtin compadd -A matching "$@"
    print -lr -- "<"${^matching}">" >> offered
    builtin compadd "$@"
}
: > ready
"""
ZSH = r"""
zmodload zsh/zpty
zpty -b z env ZDOTDIR=$PWD zsh -i
for ((i = 0; i < 200; ++i)); do
    [[ -e ready ]] && break
    sleep 0.05
done
zpty -n -w z "$1"$'\t'
for ((i = 0; i < 40; ++i)); do
    [[ -s offered ]] && break
    sleep 0.05
done
sleep 0.2
zpty -d z
"""


def in_zsh(path, words):
    offered = pathlib.Path("offered")
    for name in ("offered", "ready"):
        pathlib.Path(name).unlink(missing_ok=True)
    pathlib.Path(".zshrc").write_text(ZSHRC, encoding="utf-8")
    pathlib.Path("ask.zsh").write_text(ZSH, encoding="utf-8")
    ran = run("zsh", "-f", "ask.zsh", " ".join(words))
    text = offered.read_text(encoding="utf-8") if offered.exists() else ""
    return [line[1:-1] for line in text.split("\n") if line.startswith("<")], ran.stderr


def pages():
    """Every page, read by what checks pages, without a word of complaint."""
    made = run(RUNG, "help", "--man", "man")
    names = sorted(pathlib.Path("man").glob("*.1"))
    if made.returncode != 0 or not names:
        sys.exit(f"rung help --man: {made.returncode} {made.stderr}")
    verbs = [name.stem.removeprefix("rung-") for name in names if name.stem != "rung"]
    top = pathlib.Path("man/rung.1").read_text(encoding="utf-8")
    missing = [verb for verb in verbs if "rung\\-" + verb.replace("-", "\\-") not in top]
    if missing:
        sys.exit(f"rung(1) does not name {missing}")
    if shutil.which("groff"):
        for name in names:
            read = run("groff", "-ww", "-man", "-Tutf8", "-Z", str(name))
            if read.returncode != 0 or read.stderr:
                sys.exit(f"groff: {read.stderr}")
    if shutil.which("mandoc"):
        # A page has no date: the same rules and calls have the same bytes.
        read = run("mandoc", "-T", "lint", "-W", "warning", *map(str, names))
        said = [line for line in read.stdout.splitlines() if "missing date" not in line]
        if said:
            sys.exit("mandoc: " + "\n".join(said))
    if not shutil.which("groff") and not shutil.which("mandoc"):
        print("skipped: neither groff nor mandoc is here")
        sys.exit(SKIPPED)
    print(f"{len(names)} pages")


def main():
    if WHAT == "man":
        return pages()
    needs(WHAT)
    path = script()
    for name in ("acme.json", "rules.rung"):
        pathlib.Path(name).write_text("", encoding="utf-8")
    ask = {"bash": in_bash, "zsh": in_zsh, "fish": in_fish}[WHAT]
    faults = []
    for words, wanted, others in CALLS:
        offered, said = ask(path, words)
        offered = {word.strip().removesuffix("=") for word in offered}
        if said or not set(wanted) <= offered or set(others) & offered:
            faults.append(f"{words}: {sorted(offered)}, wanted {wanted} without {others} {said}")
    if faults:
        sys.exit("\n".join(faults))
    print(f"{len(CALLS)} calls completed by {WHAT}")


if __name__ == "__main__":
    RUNG = str(pathlib.Path(RUNG).resolve())
    with tempfile.TemporaryDirectory() as folder:
        import os
        os.chdir(folder)
        main()
