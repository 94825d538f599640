/** Clients and their sessions: who is connected, what is in flight, and what waits for whom. */

import { call, path } from './api.js';
import { connectLine } from './connect-line.js';
import { element, keepRows, setText, show } from './dom.js';
import { actionButton, attempt } from './notices.js';
import { oneAtATime } from './once.js';
import { count, number } from './words.js';

const ROWS = 200;

/** Whatever a client does next, it gets no answer. */
const MOMENTS = ['CONNECT', 'SUBSCRIBE', 'PUBLISH', 'PING'];

export class Clients {
  #silences = [];
  #state = element('p', { class: 'quiet state' });
  #list = element('ul', { class: 'rows long', 'aria-label': 'Sessions' });
  #line = connectLine();
  #silent = element('p', { class: 'warning', hidden: true },
    'The bridge does not answer: it reads what clients send and writes nothing. ',
    'Let it answer again, and connections that fell silent are dropped, so that clients connect anew.');
  #stop = element('button', { type: 'button', 'aria-pressed': 'false', click: oneAtATime(() => this.#toggle()) }, 'Stop answering');

  constructor(panel) {
    panel.append(
      element('div', { class: 'head' },
        element('h2', { id: 'clients-title' }, 'Clients'), this.#state,
        this.#stop,
        actionButton('Drop all', () => call('POST', '/connections/drop'),
          (ended) => `Dropped ${count(ended.connections, 'connection')}.`)),
      this.#silent, this.#line.node, this.#list);
  }

  snapshot({ status, sessions, keys, faults }) {
    const connected = sessions.filter((session) => session.connected);
    const ordered = [...connected, ...sessions.filter((session) => !session.connected)];
    keepRows(this.#list, ordered.slice(0, ROWS), (session) => session.clientId, row);
    setText(this.#state, sessions.length > ROWS
      ? `Showing ${ROWS} of ${count(sessions.length, 'session')}`
      : `${number(connected.length)} connected, ${count(sessions.length, 'session')}`);
    this.#line.update(connected.length === 0, status, keys);
    this.#silences = faults.filter((fault) => fault.name === 'BridgeFault.Silence' && fault.when.always);
    this.#stop.setAttribute('aria-pressed', String(this.#isSilent()));
    show(this.#silent, this.#isSilent());
  }

  /** It still answers at some moments until it is silent at all of them. */
  #isSilent() {
    return MOMENTS.every((moment) => this.#silences.some((fault) => fault.parameters.at === moment));
  }

  async #toggle() {
    if (this.#isSilent()) {
      await attempt(() => answerAgain(this.#silences), () => 'The bridge answers again.');
    } else {
      await attempt(stopAnswering, () => 'The bridge has stopped answering.');
    }
  }
}

async function stopAnswering() {
  for (const at of MOMENTS) {
    await call('POST', '/faults', { name: 'BridgeFault.Silence', parameters: { at }, when: { always: true } });
  }
}

async function answerAgain(silences) {
  for (const fault of silences) {
    await call('DELETE', path('faults', fault.id));
  }
  await call('POST', '/connections/drop');
}

function row({ clientId }) {
  const badge = element('span', { class: 'badge' });
  const waits = element('p', { class: 'figures' });
  const filters = element('p', { class: 'quiet mono' });
  const drop = actionButton('Drop', () => call('POST', `${path('sessions', clientId)}/drop`),
    (ended) => (ended.connections > 0 ? `Dropped the connection of ${clientId}.` : `${clientId} was not connected.`),
    { 'aria-label': `Drop the connection of ${clientId}` });
  const node = element('li', { class: 'item' },
    element('div', { class: 'what' },
      element('p', {}, element('strong', {}, clientId || '(no client id)'), ' ', badge), waits, filters),
    drop);
  return {
    node,
    update(session) {
      setText(badge, session.connected ? 'connected' : 'away');
      badge.className = session.connected ? 'badge good' : 'badge';
      setText(waits, `${number(session.unacknowledged)} in flight · ${number(session.queued)} waiting`
        + (session.dropped > 0 ? ` · ${number(session.dropped)} dropped` : ''));
      setText(filters, session.filters.length === 0 ? 'no subscription' : session.filters.slice(0, 8).join('  ')
        + (session.filters.length > 8 ? ` and ${session.filters.length - 8} more` : ''));
      show(drop, session.connected);
    },
  };
}
