#!/usr/bin/env python3
"""Holds result JSON against its schema.

    python3 tests/schema/validate.py SCHEMA FILE...

A FILE is a result, or Markdown (.md) whose blocks marked `json` are results. Stricter than the
schema itself, which lets readers meet keys of later versions: here a key that the schema does not
describe is a fault, and so is one that is given twice.

Ends with 0 if every file is valid, 1 if one is not, 2 if something could not be read. Needs
Debian's python3-jsonschema.
"""
import json
import re
import sys
from pathlib import Path

try:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError
except ImportError:
    print("the package python3-jsonschema is not installed")
    sys.exit(2)

FAULTS_SHOWN = 10


class Unreadable(Exception):
    """A file that is no JSON, or not there."""


def without_doubles(pairs):
    keys = [key for key, _ in pairs]
    doubles = {key for key in keys if keys.count(key) > 1}
    if doubles:
        raise ValueError(f"keys given twice: {', '.join(sorted(doubles))}")
    return dict(pairs)


def no_such_number(text):
    raise ValueError(f"{text} is not JSON")


def parsed(text, name):
    try:
        return json.loads(text, object_pairs_hook=without_doubles, parse_constant=no_such_number)
    except ValueError as error:
        raise Unreadable(f"{name}: {error}") from error


def read(path):
    try:
        return Path(path).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path}: {error}") from error


def closed(schema):
    """The schema without room for keys that it does not describe."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: closed(part) for key, part in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        result.setdefault("additionalProperties", False)
    return result


def faults(error):
    """What is wrong, without the alternatives that were never meant (`null`, the other form)."""
    if error.validator not in ("anyOf", "oneOf") or not error.context:
        yield f"{error.json_path}: {error.message}"
        return
    branches = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    meant = min(branches.values(), key=lambda found: (misses(found), len(found)))
    for inner in meant:
        yield from faults(inner)


def misses(errors):
    """How many say that another alternative was meant: faults of the value itself, not inside."""
    return sum(not error.relative_path or list(error.relative_path) == ["ok"] for error in errors)


def results_in(path):
    text = read(path)
    if Path(path).suffix != ".md":
        yield path, parsed(text, path)
        return
    for block in re.finditer(r"^```json\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        name = f"{path}:{text.count(chr(10), 0, block.start()) + 2}"
        yield name, parsed(block[1], name)


def told(name, found):
    for fault in found[:FAULTS_SHOWN]:
        print(f"{name}: {fault}")
    if len(found) > FAULTS_SHOWN:
        print(f"{name}: and {len(found) - FAULTS_SHOWN} more")


def validator_of(path):
    schema = parsed(read(path), path)
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise Unreadable(f"{path}: {error.json_path}: {error.message}") from error
    return Draft202012Validator(closed(schema))


def main(arguments):
    if len(arguments) < 2:
        print(__doc__)
        return 2
    valid = True
    try:
        validator = validator_of(arguments[0])
        for path in arguments[1:]:
            results = list(results_in(path))
            if not results:
                raise Unreadable(f"{path}: holds no result")
            for name, result in results:
                errors = validator.iter_errors(result)
                found = [fault for error in errors for fault in faults(error)]
                told(name, found)
                valid = valid and not found
    except Unreadable as error:
        print(error)
        return 2
    return 0 if valid else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
