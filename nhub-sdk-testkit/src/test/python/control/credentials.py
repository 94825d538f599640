"""Certificates and keys of every kind, and what the bridge says to each."""

import mqtt
from control import call

# What the bridge says to a certificate of each kind.
KINDS = {
    "VALID": (0, ""),
    "EXPIRED": (135, "certificate expired"),
    "NOT_YET_VALID": (135, "certificate not yet valid"),
    "REVOKED": (135, "certificate revoked"),
    "OF_INACTIVE_KEY": (135, "API key inactive"),
    "FOREIGN_CA": (135, "certificate not issued by the platform CA"),
}


def test_certificate_of_every_kind():
    schema = call("GET", "/openapi.json")["components"]["schemas"]["NewIdentity"]
    assert set(schema["properties"]["kind"]["enum"]) == set(KINDS) | {None}
    for kind, expected in KINDS.items():
        # tag::certificate[]
        identity = call("POST", "/certificates", {"kind": kind})
        for name in ("certificatePem", "privateKeyPem", "caCertificatePem"):
            assert identity[name].startswith("-----BEGIN")
        # end::certificate[]
        assert outcome(identity) == expected, kind
        print("ok certificate", kind, flush=True)


def test_revoke_and_expire():
    for change, reason in (("revoke", "certificate revoked"), ("expire", "certificate expired")):
        identity = call("POST", "/certificates", {})
        assert state(identity) == "ACTIVE"
        call("POST", "/certificates/" + identity["id"] + "/" + change)
        assert state(identity) == change.upper().rstrip("E") + "ED"
        assert outcome(identity) == (135, reason)


def test_keys():
    ca = open_ca()
    key = call("POST", "/keys", {})
    assert password_code(ca, key["username"], key["token"]) == 0
    wrong = call("POST", "/passwords/wrong", {})
    assert password_code(ca, wrong["username"], wrong["password"]) == 134
    call("POST", "/keys/" + key["id"] + "/deactivate")
    assert password_code(ca, key["username"], key["token"]) == 135
    call("POST", "/keys/" + key["id"] + "/activate")
    assert password_code(ca, key["username"], key["token"]) == 0


def outcome(identity):
    """The reason code, and the reason in the journal of connects."""
    last = call("GET", "")["last"]
    client = mqtt.Client(call("GET", ""), identity)
    client.connect("credentials")
    code = client.read()[1][1]
    entry = call("GET", "/journals/connects?wait=PT30S&after=" + str(last))["entries"][0]
    client.reset()
    assert entry["reasonCode"] == code
    return code, entry["reason"]


def state(identity):
    return next(c["state"] for c in call("GET", "/certificates") if c["id"] == identity["id"])


def password_code(ca, username, password):
    client = mqtt.Client(call("GET", ""), ca=ca)
    client.connect("passwords", username=username, password=password)
    code = client.read()[1][1]
    client.reset()
    return code


def open_ca():
    return call("POST", "/certificates", {})["caCertificatePem"]
