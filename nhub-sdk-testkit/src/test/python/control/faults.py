"""Every fault, on and off: what a client of the bridge or of the API sees of it."""
import http.client
import json
import ssl
import urllib.parse
import uuid

import mqtt
from control import call

UPLINKS = "v4/groups/nnn.acme.master/+/uplinks"
CLIENT = "faulty"
GOOD = ["CONNACK 0, present", "in one piece", "SUBACK 1", "PUBLISH", "PINGRESP"]
GOOD_API = ["200", "201", "created"]

# The fault, its parameters, and what a client sees of it instead of GOOD.
BRIDGE = {
    "RejectCertificate": ({}, ["TLS alert"]),
    "WrongServerCertificate": ({"certificate": "OTHER_CA"}, ["not trusted"]),
    "RefuseConnect": ({"reasonCode": 0x97, "reason": "busy"}, ["CONNACK 151"]),
    "LoseSession": ({}, ["CONNACK 0"] + GOOD[1:]),
    "IgnoreKeepAlive": ({}, GOOD[:4] + ["silence, subscribed"]),
    "SlowBytes": ({"bytes": 2, "pause": "PT0.02S"}, [GOOD[0], "piece by piece"] + GOOD[2:]),
    "RespondToSubscribe": ({"reasonCode": 0x87}, GOOD[:2] + ["SUBACK 135"]),
    "DuplicatePublish": ({}, GOOD[:4] + ["PUBLISH", "PINGRESP"]),
    "Drop": ({"at": "SUBSCRIBE"}, GOOD[:2] + ["closed"]),
    "ServerDisconnect": ({"at": "SUBACK", "reasonCode": 0x8E}, GOOD[:3] + ["DISCONNECT 142"]),
    "MalformedPacket": ({"at": "SUBACK"}, GOOD[:3] + ["packet 0"]),
    "Stall": ({"at": "CONNACK", "time": "PT3S"}, GOOD[:2] + ["silence, then SUBACK"]),
    "Silence": ({"at": "SUBSCRIBE"}, GOOD[:2] + ["silence, subscribed"]),
    "HalfOpen": ({"at": "PING"}, GOOD[:4] + ["silence, subscribed"]),
}

# The same for the API, of which the second request meets the fault.
API = {
    "Respond": ({"status": 503}, ["200", "503"]),
    "Delay": ({"time": "PT5S"}, ["200", "silence", "created"]),
    "Reset": ({}, ["200", "closed"]),
    "LoseResponse": ({}, ["200", "closed", "created"]),
    "Truncate": ({"bytes": 5}, ["200", "truncated", "created"]),
    "Garbage": ({}, ["200", "not JSON", "created"]),
    "HalfOpen": ({}, ["200", "silence"]),
    "Only": (
        {"method": "POST", "path": "users/",
         "fault": {"name": "ApiFault.Respond", "parameters": {"status": 418}}},
        ["200", "418"]),
}


def test_every_fault_has_a_scenario():
    names = {fault["name"] for fault in call("GET", "/fault-types")}
    ours = {"BridgeFault." + name for name in BRIDGE} | {"ApiFault." + name for name in API}
    assert names == ours, names ^ ours
    assert all(fault["description"] for fault in call("GET", "/fault-types"))


def test_every_fault_of_the_bridge():
    for name, (parameters, seen) in BRIDGE.items():
        on_and_off("BridgeFault." + name, parameters, {}, seen, GOOD, bridge_trace)


def test_every_fault_of_the_api():
    for name, (parameters, seen) in API.items():
        when = {} if name == "Only" else {"skip": 1}
        on_and_off("ApiFault." + name, parameters, when, seen, GOOD_API, api_trace)


def on_and_off(name, parameters, when, seen, good, trace):
    prepare()
    # tag::fault[]
    fault = call("POST", "/faults", {"name": name, "parameters": parameters, "when": when})
    # end::fault[]
    assert [f["id"] for f in call("GET", "/faults")] == [fault["id"]], name
    patience = 0.5 if any("silence" in step for step in seen) else 60
    found = trace(patience)
    assert found == seen, (name, found, seen)
    assert call("GET", "/faults") == [], name + " has not happened"
    prepare()
    fault = call("POST", "/faults", {"name": name, "parameters": parameters, "when": {"always": True}})
    call("DELETE", "/faults/" + str(fault["id"]))
    found = trace(60)
    assert found == good, (name, "is still there", found)
    print("ok", name, flush=True)


def prepare():
    """A session with nothing in it."""
    call("POST", "/connections/drop")
    client = mqtt.Client(call("GET", ""), call("POST", "/certificates", {}))
    client.connect(CLIENT, clean=True, expiry=600)
    assert client.read()[0] == mqtt.CONNACK
    client.leave()


def bridge_trace(patience):
    """What a client sees that connects, subscribes, receives and pings."""
    seen = []
    try:
        client = mqtt.Client(call("GET", ""), call("POST", "/certificates", {}))
        client.connect(CLIENT, clean=False, expiry=600)
        steps(client, patience, seen)
    except ssl.SSLCertVerificationError:
        seen.append("not trusted")
    except ssl.SSLError:
        seen.append("TLS alert")
    except (EOFError, ConnectionError):
        seen.append("closed")
    except TimeoutError:
        seen.append("silence" + (", subscribed" if subscribed() else ""))
    call("POST", "/connections/drop")
    return seen


def subscribed():
    return call("GET", "/sessions/" + CLIENT)["filters"] != []


def steps(client, patience, seen):
    kind, body = client.read()
    seen.append("CONNACK %d%s" % (body[1], ", present" if body[0] else ""))
    if body[1]:
        return
    seen.append("in one piece" if client.first_read >= 2 + len(body) else "piece by piece")
    client.subscribe(UPLINKS)
    try:
        kind, body = client.read(patience)
    except TimeoutError:
        if subscribed():
            raise
        kind, body = client.read()
        seen.append("silence, then SUBACK")
        return
    seen.append("SUBACK %d" % body[-1])
    if body[-1] > 1:
        return
    call("POST", "/messages", {"deviceId": "ABC123"})
    client.ping()
    while seen[-1] in ("SUBACK 1", "PUBLISH"):
        seen.append(step(client, patience))


def step(client, patience):
    kind, body = client.read(patience)
    if kind == mqtt.PUBLISH:
        client.puback(mqtt.published(body)[2])
        return "PUBLISH"
    if kind == mqtt.DISCONNECT:
        return "DISCONNECT %d" % body[0]
    return "PINGRESP" if kind == mqtt.PINGRESP else "packet %d" % kind


def api_trace(patience):
    """What a client of the management API sees that lists certificates and creates a key."""
    username = "svc-" + uuid.uuid4().hex
    seen = [request("GET", "mqtt-certificates/", None, 60)]
    seen.append(request("POST", "users/", {"username": username}, 1 if patience < 1 else patience))
    if any(key["username"] == username for key in call("GET", "/keys")):
        seen.append("created")
    return seen


def request(method, path, body, patience):
    status = call("GET", "")
    url = urllib.parse.urlsplit(status["api"])
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=patience)
    headers = {"Authorization": "Bearer " + status["adminToken"], "Content-Type": "application/json"}
    try:
        connection.request(method, url.path + path, body and json.dumps(body), headers)
        response = connection.getresponse()
        json.loads(response.read())
        return str(response.status)
    except TimeoutError:
        return "silence"
    except ConnectionError:
        return "closed"
    except http.client.IncompleteRead:
        return "truncated"
    except ValueError:
        return "not JSON"
    finally:
        connection.close()
