// As much of MQTT 5 as it takes to see what a bridge does, packet by packet.
import tls from 'node:tls';

export const CONNACK = 2, PUBLISH = 3, SUBACK = 9, PINGRESP = 13, DISCONNECT = 14;

/** What a client sees instead of a packet. */
export class Closed extends Error {}
export class Silent extends Error {}

export class Client {
  /** Opens a TLS connection; rejects if the bridge is not trusted. */
  static async open(status, identity, ca) {
    const socket = tls.connect({
      host: '127.0.0.1',
      port: status.mqttPort,
      servername: status.mqttHost,
      ca: ca ?? identity.caCertificatePem,
      cert: identity?.certificatePem,
      key: identity?.privateKeyPem,
    });
    const client = new Client(socket);
    await new Promise((resolve, reject) => {
      socket.once('secureConnect', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  constructor(socket) {
    this.socket = socket;
    this.buffer = Buffer.alloc(0);
    this.firstRead = 0;
    this.wake = () => {};
    socket.on('data', (data) => {
      this.firstRead ||= data.length;
      this.buffer = Buffer.concat([this.buffer, data]);
      this.wake();
    });
    socket.on('error', (error) => {
      this.error = error;
    });
    socket.on('close', () => {
      this.closed = true;
      this.wake();
    });
  }

  send(kind, flags, ...parts) {
    const body = Buffer.concat(parts);
    this.socket.write(Buffer.concat([Buffer.from([(kind << 4) | flags, body.length]), body]));
  }

  connect(clientId, { clean = true, expiry = 0, username, password } = {}) {
    const flags = (clean ? 2 : 0) | (username ? 0xc0 : 0);
    const seconds = Buffer.alloc(4);
    seconds.writeUInt32BE(expiry);
    this.send(1, 0, text('MQTT'), Buffer.from([5, flags, 0, 0, 5, 0x11]), seconds, text(clientId),
      ...(username ? [text(username), text(password)] : []));
  }

  subscribe(filter) {
    this.send(8, 2, Buffer.from([0, 1, 0]), text(filter), Buffer.from([1]));
  }

  puback(packetId) {
    this.send(4, 0, Buffer.from([packetId >> 8, packetId & 255]));
  }

  ping() {
    this.send(12, 0);
  }

  /** Disconnects, and waits until the bridge has seen it. */
  async leave() {
    this.send(14, 0);
    while (!this.closed) {
      await this.read().catch(() => {});
    }
  }

  /** The next packet. */
  async read(patience = 60_000) {
    const deadline = Date.now() + patience;
    for (;;) {
      const packet = this.parse();
      if (packet) {
        return packet;
      } else if (this.closed) {
        throw new Closed(this.error?.message ?? 'closed');
      } else if (Date.now() >= deadline) {
        throw new Silent();
      }
      await this.more(deadline - Date.now());
    }
  }

  more(patience) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patience);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  parse() {
    let length = 0;
    for (let i = 1; i < this.buffer.length; i++) {
      length |= (this.buffer[i] & 127) << (7 * (i - 1));
      if (this.buffer[i] < 128) {
        const end = i + 1 + length;
        if (this.buffer.length < end) {
          return null;
        }
        const packet = { kind: this.buffer[0] >> 4, body: this.buffer.subarray(i + 1, end) };
        this.buffer = this.buffer.subarray(end);
        return packet;
      }
    }
    return null;
  }

  reset() {
    this.socket.destroy();
  }
}

function text(string) {
  const data = Buffer.from(string);
  return Buffer.concat([Buffer.from([data.length >> 8, data.length & 255]), data]);
}

/** The topic, the payload and the packet id of a PUBLISH with QoS 1. */
export function published(body) {
  const end = 2 + body.readUInt16BE(0);
  const properties = body[end + 2];
  return {
    topic: body.toString('utf8', 2, end),
    payload: body.subarray(end + 3 + properties),
    packetId: body.readUInt16BE(end),
  };
}
