/** Opens the page: finds the token, follows the fake, and gives each panel what it shows. */

import { call } from './api.js';
import { Clients } from './clients.js';
import { Clock } from './clock.js';
import { follow } from './connection.js';
import { Credentials } from './credentials.js';
import { Devices } from './devices.js';
import { setText, show } from './dom.js';
import { Faults } from './faults.js';
import { Journal } from './journal.js';
import { message } from './message.js';
import { Messages } from './messages.js';
import { changed } from './notices.js';
import { openPublish } from './publish.js';
import { openReset } from './reset.js';
import { Simulators } from './simulators.js';
import { Summary } from './summary.js';
import { findToken, forgetToken, keepToken } from './token.js';

const REFRESH = 2_000;
const SOON = 150;

const place = (id) => document.getElementById(id);
const summary = new Summary(place('summary'));
const messages = new Messages(place('messages'));
const devices = new Devices(place('devices'));
const journal = new Journal(place('journal'));

const watchers = [
  summary, messages, devices, journal,
  new Clients(place('clients')),
  new Credentials(place('credentials')),
  new Simulators(place('simulators')),
  new Faults(place('faults')),
  new Clock(place('clock')),
];

let status = null;
let reading = null;

/** Reads what has no events of its own. */
async function refresh() {
  clearTimeout(reading);
  try {
    const [now, sessions, keys, certificates, faults, simulators] = await Promise.all(
      ['', '/sessions', '/keys', '/certificates', '/faults', '/simulators'].map((path) => call('GET', path)));
    const snapshot = { status: now, sessions, keys, certificates, faults, simulators };
    watchers.forEach((watcher) => watcher.snapshot?.(snapshot));
  } catch {
    // The stream of events finds out, too, and says so.
  }
  clearTimeout(reading);
  reading = status && setTimeout(refresh, REFRESH);
}

function refreshSoon() {
  clearTimeout(reading);
  reading = setTimeout(refresh, SOON);
}

function startAfresh() {
  watchers.forEach((watcher) => watcher.reset?.());
  refreshSoon();
}

function happened(event) {
  if (event.name === 'resets') {
    startAfresh();
  } else if (event.name === 'messages') {
    const read = message(event);
    summary.messages(event.before ? 0 : 1);
    messages.add(read, event.before);
    devices.add(read);
  } else if (event.name === 'dropped') {
    const left = event.data.messages ?? 0;
    summary.messages(left);
    messages.leftOut(left);
    journal.leftOut(event.data);
  } else if (event.name !== 'gap') {
    journal.add(event);
    if (event.name !== 'acks' && event.name !== 'drops') {
      refreshSoon();
    }
  }
}

function connection(text, state) {
  setText(place('connection'), text);
  place('connection').dataset.state = state;
}

function showParts(open) {
  document.querySelectorAll('.needs-fake').forEach((part) => show(part, open));
  show(place('entrance'), !open);
}

function askForToken(reason) {
  status = null;
  document.querySelectorAll('dialog').forEach((dialog) => dialog.close());
  setText(place('entrance-reason'), reason);
  showParts(false);
  connection('Not connected', 'lost');
  place('entrance-token').focus();
}

function open() {
  showParts(true);
  follow({
    connected(current) {
      status = current;
      connection('Live', 'live');
      setText(place('place'), `${current.enterprises.join(', ')} · MQTT ${current.mqttHost}:${current.mqttPort} · API ${current.api}`);
      startAfresh();
    },
    happened,
    lost(reason, pause) {
      status = null;
      connection(`${reason} Trying again in ${Math.ceil(pause / 1000)} s.`, 'lost');
    },
    refused() {
      forgetToken();
      askForToken('The fake does not accept this token. If it was started anew, it has another one.');
    },
  });
}

place('entrance-form').addEventListener('submit', (event) => {
  event.preventDefault();
  keepToken(place('entrance-token').value);
  place('entrance-token').value = '';
  open();
});
place('open-publish').addEventListener('click', () => status && openPublish(status));
place('open-reset').addEventListener('click', () => openReset());
changed.addEventListener('change', refreshSoon);

if (findToken()) {
  open();
} else {
  askForToken('It was opened without it.');
}
