"""As much of MQTT 5 as it takes to see what a bridge does, packet by packet."""
import os
import socket
import ssl
import tempfile

CONNACK, PUBLISH, PUBACK, SUBACK, PINGRESP, DISCONNECT = 2, 3, 4, 9, 13, 14


class Client:
    def __init__(self, status, identity=None, ca=None):
        context = ssl.create_default_context(cadata=ca or identity["caCertificatePem"])
        if identity:
            with tempfile.TemporaryDirectory() as folder:
                for name in ("certificatePem", "privateKeyPem"):
                    with open(os.path.join(folder, name), "w") as file:
                        file.write(identity[name])
                context.load_cert_chain(
                    os.path.join(folder, "certificatePem"), os.path.join(folder, "privateKeyPem"))
        plain = socket.create_connection((status["mqttHost"], status["mqttPort"]), timeout=60)
        self.socket = context.wrap_socket(plain, server_hostname="localhost")
        self.buffer = b""
        self.first_read = 0

    def send(self, kind, flags, body):
        assert len(body) < 128
        self.socket.sendall(bytes([kind << 4 | flags, len(body)]) + body)

    def connect(self, client_id, clean=True, expiry=0, username=None, password=None):
        flags = (2 if clean else 0) | (0xC0 if username else 0)
        properties = b"\x11" + expiry.to_bytes(4, "big")
        body = text("MQTT") + bytes([5, flags, 0, 0, len(properties)]) + properties + text(client_id)
        if username:
            body += text(username) + text(password)
        self.send(1, 0, body)

    def subscribe(self, topic_filter):
        self.send(8, 2, b"\x00\x01\x00" + text(topic_filter) + b"\x01")

    def puback(self, packet_id):
        self.send(4, 0, packet_id.to_bytes(2, "big"))

    def ping(self):
        self.send(12, 0, b"")

    def leave(self):
        """Disconnects, and waits until the bridge has seen it."""
        self.send(14, 0, b"")
        try:
            while True:
                self.read()
        except (EOFError, ConnectionError):
            self.socket.close()

    def read(self, patience=60):
        """The next packet as kind and body; raises TimeoutError, or EOFError at the end."""
        self.socket.settimeout(patience)
        kind = self.take(1)[0] >> 4
        length, shift = 0, 0
        while True:
            byte = self.take(1)[0]
            length |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return kind, self.take(length)

    def take(self, count):
        while len(self.buffer) < count:
            more = self.socket.recv(65536)
            if not more:
                raise EOFError()
            self.first_read = self.first_read or len(more)
            self.buffer += more
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def reset(self):
        self.socket.close()


def text(string):
    data = string.encode()
    return len(data).to_bytes(2, "big") + data


def published(body):
    """The topic, the payload and the packet id of a PUBLISH with QoS 1."""
    end = 2 + int.from_bytes(body[:2], "big")
    properties = body[end + 2]
    return body[2:end].decode(), body[end + 3 + properties:], int.from_bytes(body[end:end + 2], "big")
