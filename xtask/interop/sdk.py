"""Makes calls through the vendors' own SDKs: reads one line of JSON for each call, answers each with one line.

`{"method": "POST", "path": "/v1/sessions", "values": {…}}`, with values as in `driver.rs`, becomes `{}`. An answer says
`"absent": true` where the SDK has no method for the call, `"unsaid": ["query limit"]` of values that the method has no
argument for, and `"error": "…"` of what was raised.

Which method makes which call is read from the SDK's source, so that nobody has to keep a list. Names are written as a
user of the SDK writes them, in snake case, so that it is the SDK that turns them into the API's words.
"""

import importlib
import inspect
import json
import re
import sys

import pydantic

# How the methods of either SDK say what they send.
REQUESTS = [
    re.compile(r'self\._(get|post|put|patch|delete)(?:_api_list)?\(\s*(?:path_template\(\s*)?"([^"]+)"'),
    re.compile(r'self\._http\.request(?:_idempotent)?\(\s*"([A-Z]+)",\s*f?"([^"]+)"'),
]
# Arguments that are not the API's.
OWN = {"extra_headers", "extra_query", "extra_body", "extra", "timeout"}


def shape(path):
    return re.sub(r"{[^}]*}", "{}", path)


def resources(holder):
    for name in dir(holder):
        if not name.startswith(("_", "with_")):
            value = getattr(holder, name)
            if ".resources." in type(value).__module__:
                yield value
                yield from resources(value)


def names(path):
    return re.findall(r"{([^}]*)}", path)


def methods(client):
    """Each method that makes one call, and its path, by what it sends; of several the one with the most arguments."""
    found = {}
    for resource in resources(client):
        for name, method in inspect.getmembers(resource, inspect.ismethod):
            source = inspect.getsource(method)
            sent = [sent for request in REQUESTS for sent in request.findall(source)]
            if name.startswith("_") or len(sent) != 1:
                continue
            [(verb, path)] = sent
            known, _ = found.setdefault((verb.upper(), shape(path)), (method, path))
            if len(inspect.signature(known).parameters) < len(inspect.signature(method).parameters):
                found[verb.upper(), shape(path)] = method, path
    return found


def snake(name):
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: "_" + match[1].lower(), name)


def snakes(value):
    if isinstance(value, dict):
        return {snake(key): snakes(inner) for key, inner in value.items()}
    return [snakes(inner) for inner in value] if isinstance(value, list) else value


def argument(known, name):
    """The argument for one of the API's names."""
    own = snake(name)
    # `timeout` is the SDK's own where the API has one, too.
    for candidate in (f"api_{own}", own, name):
        if candidate in known and candidate not in OWN:
            return known[candidate]
    return None


class Unsayable(Exception):
    """The argument is there, but cannot take the value."""


def taken(method, parameter, value):
    """A value as an argument takes it."""
    annotation = str(parameter.annotation)
    if value is None and parameter.default is None:
        # Here `None` says that nothing is given.
        raise Unsayable
    if "FileTypes" in annotation:
        return ("file.txt", value.encode())
    classes = [getattr(sys.modules[method.__module__], word, None) for word in re.findall(r"\w+", annotation)]
    models = [known for known in classes if inspect.isclass(known) and issubclass(known, pydantic.BaseModel)]
    if not models:
        return snakes(value)
    if "null" in json.dumps(value):
        # Models are sent without what is `None` in them.
        raise Unsayable
    return [models[0].model_validate(item) for item in value] if isinstance(value, list) else models[0].model_validate(value)


def named(values):
    """Place, name and value of all but the path's parameters."""
    for key, value in values["parameters"].items():
        place, name = key.split(" ", 1)
        if place != "path":
            yield place, name, value
    body = values.get("body")
    if isinstance(body, dict):
        yield from (("body", name, value) for name, value in body.items())


def call(method, own_path, path, values):
    """Makes a call, and gives what it could not say."""
    known = inspect.signature(method).parameters
    pairs = zip(names(own_path), names(path))
    arguments = {own: values["parameters"][f"path {name}"] for own, name in pairs}
    unsaid = []
    for place, name, value in named(values):
        parameter = argument(known, name)
        try:
            if parameter:
                arguments[parameter.name] = taken(method, parameter, value)
            elif f"extra_{place}" in known:
                arguments.setdefault(f"extra_{place}", {})[name] = value
            elif place == "body" and "extra" in known:
                arguments[name] = value
            else:
                raise Unsayable
        except Unsayable:
            unsaid.append(f"{place} {name}")
    answer = {"unsaid": unsaid}
    try:
        method(**arguments)
    except Exception as error:  # Whatever it is, the request is what counts; without one it is reported.
        answer["error"] = f"{type(error).__name__}: {error}"
    return answer


def main():
    module, name, base_url = sys.argv[1:]
    client = getattr(importlib.import_module(module), name)(api_key="key", base_url=base_url, max_retries=0)
    known = methods(client)
    for line in sys.stdin:
        question = json.loads(line)
        path = question["path"]
        method = known.get((question["method"], shape(path)))
        answer = call(*method, path, question["values"]) if method else {"absent": True}
        print(json.dumps(answer), flush=True)


main()
