"""Publishing, journals, sessions, the clock, simulators and reset."""
import base64
import threading

import mqtt
from control import call, events, problem

TOPIC = "v4/groups/nnn.acme.master/ABC123/"


def subscriber(client_id, topic_filter="v4/groups/nnn.acme.master/+/+", expiry=0):
    client = mqtt.Client(call("GET", ""), call("POST", "/certificates", {}))
    client.connect(client_id, expiry=expiry)
    assert client.read()[1][1] == 0
    client.subscribe(topic_filter)
    assert client.read()[1][-1] == 1
    return client


def receive(client):
    kind, body = client.read()
    assert kind == mqtt.PUBLISH
    topic, payload, packet_id = mqtt.published(body)
    client.puback(packet_id)
    return topic, payload


def test_publish_each_kind():
    client = subscriber("kinds")
    for kind, level in (("UPLINK", "uplinks"), ("DOWNLINK", "downlinks"), ("JOIN", "joins")):
        call("POST", "/messages", {"deviceId": "ABC123", "kind": kind})
        topic, payload = receive(client)
        assert topic == TOPIC + level and b'"message_type": "' + kind.lower().encode() in payload
    call("POST", "/raw-messages", {"topic": TOPIC + "uplinks", "payload": "not JSON"})
    assert receive(client) == (TOPIC + "uplinks", b"not JSON")
    data = base64.b64encode(b"\x00\xff").decode()
    call("POST", "/raw-messages", {"topic": TOPIC + "uplinks", "payloadBase64": data})
    assert receive(client) == (TOPIC + "uplinks", b"\x00\xff")
    client.leave()


def test_publish_and_await():
    client = subscriber("readings")
    thread = threading.Thread(target=lambda: [receive(client) for _ in range(3)])
    thread.start()
    # tag::publish[]
    published = call("POST", "/messages", {
        "deviceId": "ABC123",
        "readings": [{"channelId": "temperature", "value": 22.5, "unit": "\u00b0C"}],
        "times": 3,
        "awaitDelivered": "PT30S"})
    assert published["settled"]
    assert published["deliveries"] == [
        {"clientId": "readings", "qos": 1, "state": "ACKNOWLEDGED", "count": 3}]
    # end::publish[]
    thread.join()
    client.leave()


def test_long_poll():
    last = call("GET", "")["last"]
    found = []
    # tag::journal[]
    def wait_for_a_connect():
        page = call("GET", "/journals/connects?wait=PT30S&after=" + str(last))
        found.extend(entry["clientId"] for entry in page["entries"])
    # end::journal[]
    thread = threading.Thread(target=wait_for_a_connect)
    thread.start()
    subscriber("polled").leave()
    thread.join()
    assert found == ["polled"], found


def test_server_sent_events():
    stream = events("journals=messages,acks")
    assert next(stream) == (None, None)
    client = subscriber("streamed")
    call("POST", "/messages", {"deviceId": "ABC123"})
    receive(client)
    name, message = next(stream)
    assert name == "messages" and message["topic"] == TOPIC + "uplinks", (name, message)
    name, ack = next(stream)
    assert name == "acks" and ack["clientId"] == "streamed", (name, ack)
    stream.close()
    client.leave()


def test_sessions():
    client = subscriber("watched", expiry=60)
    call("POST", "/messages", {"deviceId": "ABC123"})
    client.read()
    # tag::session[]
    session = call("GET", "/sessions/watched")
    assert session["connected"]
    assert session["filters"] == ["v4/groups/nnn.acme.master/+/+"]
    assert session["unacknowledged"] == ["v4/groups/nnn.acme.master/ABC123/uplinks"]
    # end::session[]
    assert call("POST", "/sessions/watched/take-over") == {"connections": 1}
    kind, body = client.read()
    assert kind == mqtt.DISCONNECT and body[0] == 0x8E
    client = subscriber("watched", expiry=60)
    assert call("POST", "/sessions/watched/disconnect", {"reasonCode": 0x8B}) == {"connections": 1}
    assert client.read()[1][0] == 0x8B
    for path in ("/sessions/watched/drop", "/connections/drop"):
        client = subscriber("watched", expiry=60)
        assert call("POST", path) == {"connections": 1}
        closed(client)
    assert not call("GET", "/sessions/watched")["connected"]


def closed(client):
    try:
        client.read()
    except (EOFError, ConnectionError):
        return
    raise AssertionError("still open")


def test_clock():
    subscriber("old", expiry=60).leave()
    # tag::clock[]
    call("POST", "/clock/advance", {"time": "PT2M"})
    # end::clock[]
    status, detail = problem("GET", "/sessions/old")
    assert status == 404 and "no session of client old" in detail, detail


def test_simulator():
    # tag::simulator[]
    simulator = call("POST", "/simulators", {
        "devices": 3, "rate": 3, "realistic": True, "phenomena": {"DUPLICATES": 1}})
    call("PATCH", "/simulators/" + str(simulator["id"]), {"rate": 30})
    # end::simulator[]
    call("POST", "/clock/advance", {"time": "PT10S"})
    running = call("GET", "/simulators")
    assert [s["devices"] for s in running] == [3] and running[0]["sent"] > 100, running
    assert running[0]["sent"] > 400, "nearly all of 300 come twice"
    assert {p["name"] for p in call("GET", "/phenomena")} >= {"LOSS", "DUPLICATES"}
    call("DELETE", "/simulators/" + str(simulator["id"]))
    assert call("GET", "/simulators") == []


def test_reset():
    subscriber("left", expiry=600).leave()
    before = call("GET", "")["last"]
    call("POST", "/leaks/verify")
    call("POST", "/faults/verify")
    call("POST", "/faults", {"name": "BridgeFault.LoseSession"})
    status, detail = problem("POST", "/faults/verify")
    assert status == 409 and "never happened" in detail, detail
    call("DELETE", "/faults")
    call("POST", "/reset")
    assert call("GET", "/sessions") == [] and call("GET", "/keys") == []
    assert call("GET", "/journals/connects")["entries"] == []
    assert call("GET", "")["last"] >= before
