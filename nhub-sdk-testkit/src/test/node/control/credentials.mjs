// Certificates and keys of every kind, and what the bridge says to each.
import assert from 'node:assert/strict';
import { call } from './control.mjs';
import * as mqtt from './mqtt.mjs';

// What the bridge says to a certificate of each kind.
const KINDS = {
  VALID: [0, ''],
  EXPIRED: [135, 'certificate expired'],
  NOT_YET_VALID: [135, 'certificate not yet valid'],
  REVOKED: [135, 'certificate revoked'],
  OF_INACTIVE_KEY: [135, 'API key inactive'],
  FOREIGN_CA: [135, 'certificate not issued by the platform CA'],
};

export async function certificateOfEveryKind() {
  const { components } = await call('GET', '/openapi.json');
  const kinds = components.schemas.NewIdentity.properties.kind.enum;
  assert.deepEqual(kinds.filter(Boolean).sort(), Object.keys(KINDS).sort());
  for (const [kind, expected] of Object.entries(KINDS)) {
    const identity = await call('POST', '/certificates', { kind });
    assert.deepEqual(await outcome(identity), expected, kind);
    console.log('ok certificate', kind);
  }
}

export async function revokeAndExpire() {
  for (const [change, state] of [['revoke', 'REVOKED'], ['expire', 'EXPIRED']]) {
    // tag::certificate[]
    const identity = await call('POST', '/certificates', { kind: 'VALID' });
    await call('POST', `/certificates/${identity.id}/${change}`);
    // end::certificate[]
    const listed = (await call('GET', '/certificates')).find(({ id }) => id === identity.id);
    assert.equal(listed.state, state);
    assert.deepEqual(await outcome(identity), [135, `certificate ${state.toLowerCase()}`]);
  }
}

export async function keys() {
  const ca = (await call('POST', '/certificates', {})).caCertificatePem;
  const key = await call('POST', '/keys', {});
  const wrong = await call('POST', '/passwords/wrong', {});
  assert.equal(await passwordCode(ca, key.username, key.token), 0);
  assert.equal(await passwordCode(ca, wrong.username, wrong.password), 134);
  await call('POST', `/keys/${key.id}/deactivate`);
  assert.equal(await passwordCode(ca, key.username, key.token), 135);
  await call('POST', `/keys/${key.id}/activate`);
  assert.equal(await passwordCode(ca, key.username, key.token), 0);
}

/** The reason code, and the reason in the journal of connects. */
async function outcome(identity) {
  const status = await call('GET', '');
  const client = await mqtt.Client.open(status, identity);
  client.connect('credentials');
  const { body } = await client.read();
  const page = await call('GET', `/journals/connects?wait=PT30S&after=${status.last}`);
  client.reset();
  assert.equal(page.entries[0].reasonCode, body[1]);
  return [body[1], page.entries[0].reason];
}

async function passwordCode(ca, username, password) {
  const client = await mqtt.Client.open(await call('GET', ''), undefined, ca);
  client.connect('passwords', { username, password });
  const { body } = await client.read();
  client.reset();
  return body[1];
}
