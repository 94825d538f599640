"""The control API of a fake N-Hub, with Python's standard library alone."""
import json
import os
import urllib.error
import urllib.request

# tag::client[]
URL = os.environ["FAKE_CONTROL_URL"]
TOKEN = os.environ["FAKE_CONTROL_TOKEN"]


def call(method, path, body=None):
    request = urllib.request.Request(URL + path, method=method)
    request.add_header("Authorization", "Bearer " + TOKEN)
    if body is not None:
        request.add_header("Content-Type", "application/json")
        request.data = json.dumps(body).encode()
    with urllib.request.urlopen(request, timeout=90) as response:
        text = response.read()
        return json.loads(text) if text else None
# end::client[]


def problem(method, path, body=None):
    """The status and the details of a request that must fail."""
    try:
        call(method, path, body)
    except urllib.error.HTTPError as error:
        assert error.headers["Content-Type"] == "application/problem+json", error.headers
        return error.code, json.loads(error.read())["detail"]
    raise AssertionError(method + " " + path + " did not fail")


# tag::events[]
def events(query):
    """The server-sent events, one by one: the name and the data; None for a sign of life."""
    request = urllib.request.Request(URL + "/events?" + query)
    request.add_header("Authorization", "Bearer " + TOKEN)
    with urllib.request.urlopen(request, timeout=90) as response:
        fields = {"data": "null"}
        for line in response:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name:
                fields[name] = value
            elif not value:
                yield fields.get("event"), json.loads(fields["data"])
                fields = {"data": "null"}
# end::events[]
