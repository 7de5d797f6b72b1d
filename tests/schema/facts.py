"""Holds records against the schema that `rung facts --schema` prints, and the schema against its own draft.

    facts.py SCHEMA TEMPLATE RECORD…

The template and the records must validate; the template with any one of its values made an object that no fact is
must not.
"""

import copy
import json
import sys

import jsonschema


def places(value, path=()):
    """Every value that a fact's type speaks of: the leaves, and the lists."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, path + (key,))
        return
    yield path
    if isinstance(value, list):
        for position, inner in enumerate(value):
            yield from places(inner, path + (position,))


def broken(record, path):
    record = copy.deepcopy(record)
    at = record
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = {"no": "fact"}
    return record


def main():
    schema_path, template_path, *record_paths = sys.argv[1:]
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.FormatChecker(["date"])
    )
    for path in [template_path, *record_paths]:
        with open(path, encoding="utf-8") as file:
            record = json.load(file)
        for error in validator.iter_errors(record):
            sys.exit(f"{path}: {error.json_path}: {error.message}")
    with open(template_path, encoding="utf-8") as file:
        template = json.load(file)
    count = 0
    for path in places(template):
        count += 1
        # A record of a list is an object whose keys are all free.
        if not isinstance(path[-1], int) and validator.is_valid(broken(template, path)):
            sys.exit(f"{schema_path}: takes an object at {path}")
    print(f"{schema_path}: {len(record_paths)} records, {count} places")


main()
