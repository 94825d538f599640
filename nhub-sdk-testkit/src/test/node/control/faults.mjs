// Every fault, on and off: what a client of the bridge or of the API sees of it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { call } from './control.mjs';
import * as mqtt from './mqtt.mjs';

const UPLINKS = 'v4/groups/nnn.acme.master/+/uplinks';
const CLIENT = 'faulty';
const GOOD = ['CONNACK 0, present', 'in one piece', 'SUBACK 1', 'PUBLISH', 'PINGRESP'];
const GOOD_API = ['200', '201', 'created'];
const QUIET = 'silence, subscribed';

// The fault, its parameters, and what a client sees of it instead of GOOD.
const BRIDGE = {
  RejectCertificate: [{}, ['TLS alert']],
  WrongServerCertificate: [{ certificate: 'OTHER_CA' }, ['not trusted']],
  RefuseConnect: [{ reasonCode: 0x97, reason: 'busy' }, ['CONNACK 151']],
  LoseSession: [{}, ['CONNACK 0', ...GOOD.slice(1)]],
  IgnoreKeepAlive: [{}, [...GOOD.slice(0, 4), QUIET]],
  SlowBytes: [{ bytes: 2, pause: 'PT0.02S' }, [GOOD[0], 'piece by piece', ...GOOD.slice(2)]],
  RespondToSubscribe: [{ reasonCode: 0x87 }, [...GOOD.slice(0, 2), 'SUBACK 135']],
  DuplicatePublish: [{}, [...GOOD.slice(0, 4), 'PUBLISH', 'PINGRESP']],
  Drop: [{ at: 'SUBSCRIBE' }, [...GOOD.slice(0, 2), 'closed']],
  ServerDisconnect: [{ at: 'SUBACK', reasonCode: 0x8e }, [...GOOD.slice(0, 3), 'DISCONNECT 142']],
  MalformedPacket: [{ at: 'SUBACK' }, [...GOOD.slice(0, 3), 'packet 0']],
  Stall: [{ at: 'CONNACK', time: 'PT3S' }, [...GOOD.slice(0, 2), 'silence, then SUBACK']],
  Silence: [{ at: 'SUBSCRIBE' }, [...GOOD.slice(0, 2), QUIET]],
  HalfOpen: [{ at: 'PING' }, [...GOOD.slice(0, 4), QUIET]],
};

// The same for the API, of which the second request meets the fault.
const API = {
  Respond: [{ status: 503 }, ['200', '503']],
  Delay: [{ time: 'PT5S' }, ['200', 'silence', 'created']],
  Reset: [{}, ['200', 'closed']],
  LoseResponse: [{}, ['200', 'closed', 'created']],
  Truncate: [{ bytes: 5 }, ['200', 'truncated', 'created']],
  Garbage: [{}, ['200', 'not JSON', 'created']],
  HalfOpen: [{}, ['200', 'silence']],
  Only: [
    { method: 'POST', path: 'users/',
      fault: { name: 'ApiFault.Respond', parameters: { status: 418 } } },
    ['200', '418']],
};

export async function everyFaultHasAScenario() {
  const names = (await call('GET', '/fault-types')).map((fault) => fault.name);
  const ours = [...Object.keys(BRIDGE).map((name) => `BridgeFault.${name}`),
    ...Object.keys(API).map((name) => `ApiFault.${name}`)];
  assert.deepEqual(names.sort(), ours.sort());
}

export async function everyFaultOfTheBridge() {
  for (const [name, [parameters, seen]] of Object.entries(BRIDGE)) {
    await onAndOff(`BridgeFault.${name}`, parameters, {}, seen, GOOD, bridgeTrace);
  }
}

export async function everyFaultOfTheApi() {
  for (const [name, [parameters, seen]] of Object.entries(API)) {
    const when = name === 'Only' ? {} : { skip: 1 };
    await onAndOff(`ApiFault.${name}`, parameters, when, seen, GOOD_API, apiTrace);
  }
}

async function onAndOff(name, parameters, when, seen, good, trace) {
  await prepare();
  // tag::fault[]
  const fault = await call('POST', '/faults', { name, parameters, when });
  // end::fault[]
  assert.deepEqual((await call('GET', '/faults')).map((pending) => pending.id), [fault.id], name);
  const patience = seen.some((step) => step.startsWith('silence')) ? 500 : 60_000;
  assert.deepEqual(await trace(patience), seen, name);
  assert.deepEqual(await call('GET', '/faults'), [], `${name} has not happened`);
  await prepare();
  const again = await call('POST', '/faults', { name, parameters, when: { always: true } });
  await call('DELETE', `/faults/${again.id}`);
  assert.deepEqual(await trace(60_000), good, `${name} is still there`);
  console.log('ok', name);
}

/** A session with nothing in it. */
async function prepare() {
  await call('POST', '/connections/drop');
  const client = await mqtt.Client.open(await call('GET', ''), await call('POST', '/certificates', {}));
  client.connect(CLIENT, { expiry: 600 });
  assert.equal((await client.read()).kind, mqtt.CONNACK);
  await client.leave();
}

/** What a client sees that connects, subscribes, receives and pings. */
async function bridgeTrace(patience) {
  const seen = [];
  try {
    const identity = await call('POST', '/certificates', {});
    const client = await mqtt.Client.open(await call('GET', ''), identity);
    client.connect(CLIENT, { clean: false, expiry: 600 });
    await steps(client, patience, seen);
  } catch (error) {
    if (error instanceof mqtt.Silent) {
      seen.push((await subscribed()) ? QUIET : 'silence');
    } else if (/alert/.test(error.message)) {
      seen.push('TLS alert');
    } else {
      seen.push(error instanceof mqtt.Closed ? 'closed' : 'not trusted');
    }
  }
  await call('POST', '/connections/drop');
  return seen;
}

async function subscribed() {
  return (await call('GET', `/sessions/${CLIENT}`)).filters.length > 0;
}

async function steps(client, patience, seen) {
  const { body } = await client.read();
  seen.push(`CONNACK ${body[1]}${body[0] ? ', present' : ''}`);
  if (body[1]) {
    return;
  }
  seen.push(client.firstRead >= 2 + body.length ? 'in one piece' : 'piece by piece');
  client.subscribe(UPLINKS);
  const suback = await client.read(patience).catch(async (error) => {
    if (!(error instanceof mqtt.Silent) || (await subscribed())) {
      throw error;
    }
    await client.read();
    return null;
  });
  seen.push(suback ? `SUBACK ${suback.body.at(-1)}` : 'silence, then SUBACK');
  if (seen.at(-1) !== 'SUBACK 1') {
    return;
  }
  await call('POST', '/messages', { deviceId: 'ABC123' });
  client.ping();
  while (['SUBACK 1', 'PUBLISH'].includes(seen.at(-1))) {
    seen.push(await step(client, patience));
  }
}

async function step(client, patience) {
  const { kind, body } = await client.read(patience);
  if (kind === mqtt.PUBLISH) {
    client.puback(mqtt.published(body).packetId);
    return 'PUBLISH';
  } else if (kind === mqtt.DISCONNECT) {
    return `DISCONNECT ${body[0]}`;
  }
  return kind === mqtt.PINGRESP ? 'PINGRESP' : `packet ${kind}`;
}

/** What a client of the management API sees that lists certificates and creates a key. */
async function apiTrace(patience) {
  const username = `svc-${randomUUID()}`;
  const seen = [await request('GET', 'mqtt-certificates/', undefined, 60_000)];
  seen.push(await request('POST', 'users/', { username }, Math.max(patience, 1_000)));
  if ((await call('GET', '/keys')).some((key) => key.username === username)) {
    seen.push('created');
  }
  return seen;
}

async function request(method, path, body, patience) {
  const status = await call('GET', '');
  const headers = {
    authorization: `Bearer ${status.adminToken}`,
    'content-type': 'application/json',
  };
  return new Promise((resolve) => {
    const sent = http.request(status.api + path, { method, headers, timeout: patience, agent: false });
    sent.on('timeout', () => {
      resolve('silence');
      sent.destroy();
    });
    sent.on('error', () => resolve('closed'));
    sent.on('response', (response) => {
      let text = '';
      response.on('data', (data) => {
        text += data;
      });
      response.on('error', () => resolve('truncated'));
      response.on('end', () => resolve(isJson(text) ? `${response.statusCode}` : 'not JSON'));
    });
    sent.end(body && JSON.stringify(body));
  });
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
