// Publishing, journals, sessions, the clock, simulators and reset.
import assert from 'node:assert/strict';
import { call, events, problem } from './control.mjs';
import * as mqtt from './mqtt.mjs';

const TOPIC = 'v4/groups/nnn.acme.master/ABC123/';
const ALL = 'v4/groups/nnn.acme.master/+/+';

async function subscriber(clientId, expiry = 0) {
  const client = await mqtt.Client.open(await call('GET', ''), await call('POST', '/certificates', {}));
  client.connect(clientId, { expiry });
  assert.equal((await client.read()).body[1], 0);
  client.subscribe(ALL);
  assert.equal((await client.read()).body.at(-1), 1);
  return client;
}

async function receive(client) {
  const { kind, body } = await client.read();
  assert.equal(kind, mqtt.PUBLISH);
  const message = mqtt.published(body);
  client.puback(message.packetId);
  return [message.topic, message.payload.toString('latin1')];
}

export async function publishEachKind() {
  const client = await subscriber('kinds');
  for (const kind of ['UPLINK', 'DOWNLINK', 'JOIN']) {
    await call('POST', '/messages', { deviceId: 'ABC123', kind });
    const [topic, payload] = await receive(client);
    assert.equal(topic, `${TOPIC}${kind.toLowerCase()}s`);
    assert.equal(JSON.parse(payload).message_type, kind.toLowerCase());
  }
  const topic = `${TOPIC}uplinks`;
  await call('POST', '/raw-messages', { topic, payload: 'not JSON' });
  assert.deepEqual(await receive(client), [topic, 'not JSON']);
  await call('POST', '/raw-messages', { topic, payloadBase64: 'AP8=' });
  assert.deepEqual(await receive(client), [topic, '\u0000\u00ff']);
  await client.leave();
}

export async function publishAndAwait() {
  const client = await subscriber('readings');
  const received = receive(client).then(() => receive(client));
  // tag::publish[]
  const published = await call('POST', '/messages', {
    deviceId: 'ABC123',
    readings: [{ channelId: 'temperature', value: 22.5, unit: '°C' }],
    times: 2,
    awaitDelivered: 'PT30S',
  });
  assert.deepEqual(published.deliveries,
    [{ clientId: 'readings', qos: 1, state: 'ACKNOWLEDGED', count: 2 }]);
  // end::publish[]
  await received;
  await client.leave();
}

export async function longPoll() {
  const { last } = await call('GET', '');
  // tag::journal[]
  const connects = call('GET', `/journals/connects?wait=PT30S&after=${last}`);
  // end::journal[]
  const client = await subscriber('polled');
  assert.deepEqual((await connects).entries.map((entry) => entry.clientId), ['polled']);
  await client.leave();
}

export async function serverSentEvents() {
  const stream = events('journals=messages,acks');
  assert.equal((await stream.next()).value.data, null);
  const client = await subscriber('streamed');
  await call('POST', '/messages', { deviceId: 'ABC123' });
  await receive(client);
  const message = (await stream.next()).value;
  assert.equal(message.event, 'messages');
  assert.equal(message.data.topic, `${TOPIC}uplinks`);
  const ack = (await stream.next()).value;
  assert.deepEqual([ack.event, ack.data.clientId], ['acks', 'streamed']);
  await stream.return();
  await client.leave();
}

export async function sessions() {
  let client = await subscriber('watched', 60);
  await call('POST', '/messages', { deviceId: 'ABC123' });
  await client.read();
  const session = await call('GET', '/sessions/watched');
  assert.deepEqual(session.filters, [ALL]);
  assert.deepEqual(session.unacknowledged, [`${TOPIC}uplinks`]);
  const one = { connections: 1 };
  assert.deepEqual(await call('POST', '/sessions/watched/take-over'), one);
  assert.equal((await client.read()).body[0], 0x8e);
  client = await subscriber('watched', 60);
  assert.deepEqual(await call('POST', '/sessions/watched/disconnect', { reasonCode: 0x8b }), one);
  assert.equal((await client.read()).body[0], 0x8b);
  for (const path of ['/sessions/watched/drop', '/connections/drop']) {
    client = await subscriber('watched', 60);
    assert.deepEqual(await call('POST', path), one);
    await assert.rejects(client.read(), mqtt.Closed);
  }
  assert.equal((await call('GET', '/sessions/watched')).connected, false);
}

export async function clock() {
  await (await subscriber('old', 60)).leave();
  await call('POST', '/clock/advance', { time: 'PT2M' });
  assert.match(await problem('GET', '/sessions/old'), /404 The bridge has no session of client old/);
}

export async function simulator() {
  const phenomena = { LOSS: 1 };
  const { id: lost } = await call('POST', '/simulators', { devices: 3, rate: 3, phenomena });
  await call('POST', '/clock/advance', { time: 'PT10S' });
  assert.equal((await call('GET', '/simulators'))[0].sent, 0);
  await call('DELETE', `/simulators/${lost}`);
  const { id } = await call('POST', '/simulators', { devices: 3, rate: 3 });
  await call('PATCH', `/simulators/${id}`, { rate: 30 });
  await call('POST', '/clock/advance', { time: 'PT10S' });
  const [running] = await call('GET', '/simulators');
  assert.ok(running.devices === 3 && running.sent > 100, JSON.stringify(running));
  await call('DELETE', `/simulators/${id}`);
  assert.deepEqual(await call('GET', '/simulators'), []);
}

export async function reset() {
  await (await subscriber('left', 600)).leave();
  await call('POST', '/leaks/verify');
  await call('POST', '/faults/verify');
  await call('POST', '/faults', { name: 'BridgeFault.LoseSession' });
  assert.match(await problem('POST', '/faults/verify'), /409 Injected, but never happened/);
  await call('DELETE', '/faults');
  await call('POST', '/reset');
  assert.deepEqual(await call('GET', '/sessions'), []);
  assert.deepEqual((await call('GET', '/journals/connects')).entries, []);
}
