"""Makes calls through the vendors' own SDKs: reads one line of JSON for each call, answers each with one line.

The lines are those of `driver.rs`. Names are written as a user of the SDK writes them, in snake case, so that it is the
SDK that turns them into the API's words.
"""

import inspect
import json
import re
import sys

import browser_use_sdk.v2
import browser_use_sdk.v3
from browser_use_sdk.generated.v2.models import CustomProxy as CustomProxyV2
from browser_use_sdk.generated.v3.models import CustomProxy as CustomProxyV3
from browserbase import Browserbase

BROWSERBASE = {
    "Contexts_create": "contexts.create",
    "Contexts_get": "contexts.retrieve",
    "Contexts_update": "contexts.update",
    "Contexts_delete": "contexts.delete",
    "Extensions_upload": "extensions.create",
    "Extensions_get": "extensions.retrieve",
    "Extensions_delete": "extensions.delete",
    "Fetch_create": "fetch_api.create",
    "Projects_list": "projects.list",
    "Projects_get": "projects.retrieve",
    "Projects_usage": "projects.usage",
    "Search_web": "search.web",
    "Sessions_list": "sessions.list",
    "Sessions_create": "sessions.create",
    "Sessions_get": "sessions.retrieve",
    "Sessions_update": "sessions.update",
    "Sessions_getDebug": "sessions.debug",
    "Sessions_getDownloads": "sessions.downloads.list",
    "Sessions_getLogs": "sessions.logs.list",
    "Sessions_getRecording": "sessions.recording.retrieve",
    "Sessions_uploadFile": "sessions.uploads.create",
}
BROWSER_USE = {
    "create_session_sessions_post": "sessions.create",
    "create_browser_session_browsers_post": "browsers.create",
}
# Arguments that the SDK calls otherwise.
ARGUMENTS = {("sessions.create", "timeout"): "api_timeout"}
# Fields below the top that the SDK's types do not have: a user writes them as the API does.
AS_THEY_ARE = set()


def snake(name):
    return name if name in AS_THEY_ARE else re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: "_" + match[1].lower(), name)


def snakes(value):
    if isinstance(value, dict):
        return {snake(key): snakes(inner) for key, inner in value.items()}
    return [snakes(inner) for inner in value] if isinstance(value, list) else value


def browserbase(client, operation, values):
    path = BROWSERBASE[operation]
    method = client
    for part in path.split("."):
        method = getattr(method, part)
    known = inspect.signature(method).parameters
    positional = [value for key, value in values["parameters"].items() if key.startswith("path ")]
    named = {key.split(" ")[1]: value for key, value in values["parameters"].items() if not key.startswith("path ")}
    named.update(values.get("body") or {})
    arguments, extra = {}, {}
    for key, value in named.items():
        own = snake(key)
        own = ARGUMENTS.get((path, own), own)
        if own == "file":
            arguments[own] = ("file.txt", value.encode())
        elif own in known:
            arguments[own] = value if own == "user_metadata" else snakes(value)
        else:
            extra[key] = value
    if extra:
        arguments["extra_body"] = extra
    method(*positional, **arguments)


def browser_use(client, proxy, operation, values):
    resource, name = BROWSER_USE[operation].split(".")
    method = getattr(getattr(client, resource), name)
    known = inspect.signature(method).parameters
    arguments = {}
    for key, value in (values.get("body") or {}).items():
        own = snake(key) if snake(key) in known else key
        arguments[own] = proxy.model_validate(value) if own == "custom_proxy" and value is not None else value
    method(**arguments)


def main():
    api, base_url = sys.argv[1:]
    if api == "browserbase":
        client = Browserbase(api_key="key", base_url=base_url, max_retries=0)
        call = lambda operation, values: browserbase(client, operation, values)
    else:
        module, proxy = {
            "browser-use-v2": (browser_use_sdk.v2, CustomProxyV2),
            "browser-use-v3": (browser_use_sdk.v3, CustomProxyV3),
        }[api]
        client = module.BrowserUse("key", base_url=base_url, max_retries=0)
        call = lambda operation, values: browser_use(client, proxy, operation, values)
    for line in sys.stdin:
        question = json.loads(line)
        try:
            call(question["operation"], question["values"])
            answer = {}
        except Exception as error:  # Whatever it is, the request is what counts; without one it is reported.
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
