// A fake as the tests of its page use it: by its control API, and by MQTT.
import mqtt from 'mqtt';

export class Fake {
  #origin;
  #token;

  constructor(pageUrl) {
    const url = new URL(pageUrl);
    this.#origin = url.origin;
    this.#token = decodeURIComponent(url.hash.replace('#token=', ''));
  }

  get token() {
    return this.#token;
  }

  async call(method, path, body) {
    const response = await fetch(`${this.#origin}/control/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(text);
    }
    return text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text;
  }

  publish(deviceId, value = 21.5, more = {}) {
    return this.call('POST', '/messages',
      { deviceId, readings: [{ channelId: 'temperature', value, unit: '°C' }], ...more });
  }

  /** A client that is connected and subscribed to everything; what it gets is in messages. */
  async client(clientId) {
    const [status, key, ca] = [
      await this.call('GET', ''), await this.call('POST', '/keys', {}), await this.call('GET', '/ca.crt')];
    const client = mqtt.connect({
      protocol: 'mqtts', host: status.mqttHost, port: status.mqttPort, ca,
      protocolVersion: 5, clientId, clean: false, properties: { sessionExpiryInterval: 60 },
      username: key.username, password: key.token, reconnectPeriod: 0,
    });
    const messages = [];
    client.on('message', (topic, payload) => messages.push({ topic, payload }));
    await new Promise((resolve, reject) => client.once('connect', resolve).once('error', reject));
    client.on('error', () => {});
    await client.subscribeAsync(`v4/groups/${key.enterprise}.master/+/+`, { qos: 1 });
    const closed = new Promise((resolve) => client.once('close', resolve));
    return { messages, closed, end: () => client.end(true) };
  }
}

/** Waits for something that needs no browser. */
export async function eventually(check, patience = 5_000) {
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
      await new Promise((resume) => setTimeout(resume, 20));
    }
  }
}
