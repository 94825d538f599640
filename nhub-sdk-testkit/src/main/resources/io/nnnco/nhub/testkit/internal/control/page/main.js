/** Opens the page: finds the token, follows the fake, and gives each panel what it shows. */

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
import { pressOnce } from './once.js';
import { openPublish } from './publish.js';
import { openReset } from './reset.js';
import { Simulators } from './simulators.js';
import { snapshots } from './snapshots.js';
import { Summary } from './summary.js';
import { findToken, forgetToken, keepToken } from './token.js';

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
let live = false;

const refreshSoon = snapshots(() => live, (snapshot) => watchers.forEach((watcher) => watcher.snapshot?.(snapshot)));

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
  } else if (event.name === 'gap') {
    journal.gap();
  } else {
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
  live = false;
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
      live = true;
      connection('Live', 'live');
      setText(place('place'), `${current.enterprises.join(', ')} · MQTT ${current.mqttHost}:${current.mqttPort} · API ${current.api}`);
      startAfresh();
    },
    happened,
    lost(reason, pause) {
      live = false;
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
pressOnce();
window.addEventListener('hashchange', () => findToken() && location.reload()); // an address with a token was pasted

if (findToken()) {
  open();
} else {
  askForToken('It was opened without it.');
}
