/** The journals in short: what clients did, and what the fake responded. */

import { choice, element, field, setText } from './dom.js';
import { addNewest } from './newest.js';
import { atMostEvery } from './timing.js';
import { count, hex, number, plain, short, timeOfDay } from './words.js';

const KEPT = 300;
const ROWS = 40;
const TURN = 400;

const NAMES = {
  '': 'All but acknowledgements',
  connects: 'Connects', disconnects: 'Disconnects', subscriptions: 'Subscriptions', acks: 'Acknowledgements',
  requests: 'API requests', drops: 'Dropped messages', handshakeFailures: 'TLS handshakes',
};

/** Each entry as a line, and whether it is a refusal. */
const LINES = {
  connects: (entry) => [entry.reasonCode === 0
    ? `${entry.clientId} connected to ${entry.enterprise}${entry.sessionPresent ? ', with its session' : ''}`
    : `${entry.clientId || 'A client'} was refused with ${hex(entry.reasonCode)} ${entry.reason}`, entry.reasonCode !== 0],
  disconnects: (entry) => [`${entry.clientId} left: ${plain(entry.cause)}${entry.reasonCode ? `, ${hex(entry.reasonCode)}` : ''}`, false],
  subscriptions: (entry) => [entry.reasonCode < 0x80
    ? `${entry.clientId} subscribed to ${entry.filter} with QoS ${entry.reasonCode}`
    : `${entry.clientId} was refused ${entry.filter} with ${hex(entry.reasonCode)}`, entry.reasonCode >= 0x80],
  acks: (entry) => [`${entry.clientId} acknowledged ${entry.topic}`, entry.reasonCode >= 0x80],
  requests: (entry) => [`${entry.method} ${entry.path} → ${entry.status || 'no response'}`, entry.status >= 400 || entry.status === 0],
  drops: (entry) => [`A message to ${entry.clientId} was dropped: too many waited`, true],
  handshakeFailures: (entry) => [`TLS handshake failed: ${entry.reason}`, true],
};

export class Journal {
  #entries = {};
  #dropped = 0;
  #gap = false;
  #state = element('p', { class: 'quiet state' });
  #empty = element('p', { class: 'empty' });
  #list = element('ol', { class: 'rows lines', 'aria-label': 'Entries, newest first', tabindex: '0' });
  #which = choice(NAMES, { change: () => this.#draw() });
  #draw = atMostEvery(TURN, () => this.#redraw());

  constructor(panel) {
    panel.append(
      element('div', { class: 'head' },
        element('h2', { id: 'journal-title' }, 'Journal'), this.#state),
      element('div', { class: 'filters' }, field('Show', this.#which)),
      this.#empty, this.#list);
    this.reset();
  }

  reset() {
    this.#entries = {};
    this.#dropped = 0;
    this.#gap = false;
    this.#draw();
  }

  /** An entry; of a journal that this page does not know, none. */
  add({ name, number: place, data }) {
    if (LINES[name]) {
      addNewest((this.#entries[name] ??= []), { name, place, data }, KEPT);
      this.#draw();
    }
  }

  /** Counts entries that the fake did not send because there were too many. */
  leftOut(counts) {
    for (const [name, left] of Object.entries(counts)) {
      this.#dropped += LINES[name] ? left : 0;
    }
    this.#draw();
  }

  /** Entries were gone before this page could ask for them; nobody knows how many. */
  gap() {
    this.#gap = true;
    this.#draw();
  }

  #redraw() {
    const wanted = this.#which.value;
    const newest = Object.entries(this.#entries)
      .filter(([name]) => (wanted === '' ? name !== 'acks' : name === wanted))
      .flatMap(([, kept]) => kept.slice(-ROWS))
      .sort((one, other) => other.place - one.place)
      .slice(0, ROWS);
    this.#list.replaceChildren(...newest.map(row));
    setText(this.#state, this.#stateText());
    setText(this.#empty, newest.length > 0 ? '' : 'Nothing yet. Connects, subscriptions and API requests appear here.');
    this.#list.hidden = newest.length === 0;
  }

  #stateText() {
    if (this.#gap) {
      return 'Some entries are missing: the fake no longer had them';
    }
    if (this.#dropped > 0) {
      return `A sample: ${number(this.#dropped)} entries were left out`;
    }
    const all = Object.values(this.#entries).reduce((sum, kept) => sum + kept.length, 0);
    return all > 0 ? count(all, 'entry', 'entries') : '';
  }
}

function row({ name, data }) {
  const [text, bad] = LINES[name](data);
  return element('li', { class: bad ? 'bad' : null },
    element('time', { datetime: data.at }, timeOfDay(data.at)), element('span', {}, short(text, 240)));
}
