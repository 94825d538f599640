/** Certificates and API keys, with their state. */

import { call, path } from './api.js';
import { openDialog } from './dialog.js';
import { choice, element, field, keepRows, setText, show } from './dom.js';
import { actionButton, attempt } from './notices.js';
import { oneAtATime } from './once.js';
import { count, dateAndTime, plain } from './words.js';

const ROWS = 200;
const KINDS = ['VALID', 'EXPIRED', 'NOT_YET_VALID', 'REVOKED', 'OF_INACTIVE_KEY', 'FOREIGN_CA'];

export class Credentials {
  #state = element('p', { class: 'quiet state' });
  #certificates = element('ul', { class: 'rows long', 'aria-label': 'Certificates' });
  #keys = element('ul', { class: 'rows long', 'aria-label': 'API keys' });
  #noCertificate = element('p', { class: 'empty' }, 'No certificate yet. Issue one here, or through the management API.');
  #noKey = element('p', { class: 'empty' }, 'No API key yet.');
  #kind = choice(Object.fromEntries(KINDS.map((kind) => [kind, plain(kind)])), {});

  constructor(panel) {
    panel.append(
      element('div', { class: 'head' },
        element('h2', { id: 'credentials-title' }, 'Certificates and keys'), this.#state),
      this.#noCertificate, this.#certificates,
      element('form', { class: 'fields', submit: oneAtATime(() => this.#issue()) },
        field('Issue a certificate that is', this.#kind),
        element('button', { type: 'submit' }, 'Issue …')),
      element('h3', {}, 'API keys'),
      this.#noKey, this.#keys);
  }

  snapshot({ certificates, keys }) {
    const newest = [...certificates].reverse();
    keepRows(this.#certificates, newest.slice(0, ROWS), (certificate) => certificate.id, certificateRow);
    keepRows(this.#keys, keys.slice(-ROWS).reverse(), (key) => key.id, keyRow);
    show(this.#noCertificate, certificates.length === 0);
    show(this.#noKey, keys.length === 0);
    const all = `${count(certificates.length, 'certificate')}, ${count(keys.length, 'key')}`;
    setText(this.#state, Math.max(certificates.length, keys.length) > ROWS ? `${all}; showing the newest ${ROWS}` : all);
  }

  async #issue() {
    await attempt(async () => {
      showIdentity(await call('POST', '/certificates', { kind: this.#kind.value }));
    }, () => 'Issued a certificate.');
  }
}

function showIdentity(identity) {
  const files = {
    'client.crt': identity.certificatePem,
    'client.key': identity.privateKeyPem,
    'ca.crt': identity.caCertificatePem,
  };
  openDialog(`A certificate that is ${plain(identity.kind)}`, [
    element('p', {}, 'Save these as files. The private key is shown only now.'),
    ...Object.entries(files).flatMap(([name, pem]) => [
      element('h3', {}, name),
      element('pre', { class: 'pem', tabindex: '0' }, pem),
    ]),
  ]);
}

function certificateRow({ id, name }) {
  const title = name || id;
  const badge = element('span', { class: 'badge' });
  const facts = element('p', { class: 'quiet' });
  const change = (label, action, done) =>
    actionButton(label, () => call('POST', path('certificates', id, action)), () => done,
      { 'aria-label': `${label} the certificate ${title}` });
  const revoke = change('Revoke', 'revoke', `Revoked ${title}. Its live connection is not cut.`);
  const expire = change('Expire', 'expire', `Ended the validity of ${title} at the platform.`);
  return {
    node: element('li', { class: 'item' },
      element('div', { class: 'what' },
        element('p', {}, element('strong', {}, title), ' ', badge), facts),
      element('div', { class: 'actions' }, revoke, expire)),
    update(certificate) {
      const active = certificate.state === 'ACTIVE';
      setText(badge, plain(certificate.state));
      badge.className = active ? 'badge good' : 'badge bad';
      setText(facts, `${certificate.enterprise} · until ${dateAndTime(certificate.expiresAt)} · ${certificate.fingerprint.slice(0, 12)}`);
      show(revoke, certificate.state !== 'REVOKED');
      show(expire, active);
    },
  };
}

function keyRow({ id, username, enterprise }) {
  const badge = element('span', { class: 'badge' });
  const change = (label, action, done) =>
    actionButton(label, () => call('POST', path('keys', id, action)), () => done,
      { 'aria-label': `${label} the key ${username}` });
  const deactivate = change('Deactivate', 'deactivate', `Deactivated the key ${username}.`);
  const activate = change('Activate', 'activate', `Activated the key ${username}.`);
  return {
    node: element('li', { class: 'item' },
      element('div', { class: 'what' },
        element('p', {}, element('strong', {}, username), ' ', badge),
        element('p', { class: 'quiet' }, enterprise)),
      element('div', { class: 'actions' }, deactivate, activate)),
    update(key) {
      setText(badge, key.active ? 'active' : 'inactive');
      badge.className = key.active ? 'badge good' : 'badge bad';
      show(deactivate, key.active);
      show(activate, !key.active);
    },
  };
}
