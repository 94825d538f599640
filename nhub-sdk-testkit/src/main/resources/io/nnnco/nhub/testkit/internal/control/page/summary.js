/** The fake at a glance, in figures. */

import { element, setText } from './dom.js';
import { Meter } from './meter.js';
import { number } from './words.js';

const FIGURES = {
  connected: 'Clients connected',
  rate: 'Messages a second',
  flying: 'In flight, not acknowledged',
  queued: 'Waiting for clients',
  dropped: 'Dropped, too many waiting',
  faults: 'Faults ahead',
};

export class Summary {
  #meter = new Meter();
  #figures = {};

  constructor(list) {
    for (const [name, label] of Object.entries(FIGURES)) {
      const figure = element('dd', {}, '0');
      list.append(element('div', {}, element('dt', {}, label), figure));
      this.#figures[name] = figure;
    }
    setInterval(() => this.#set('rate', Math.round(this.#meter.perSecond())), 500);
  }

  #set(name, figure) {
    setText(this.#figures[name], number(figure));
    this.#figures[name].classList.toggle('bad', figure > 0 && (name === 'dropped' || name === 'faults'));
  }

  messages(count) {
    this.#meter.add(count);
  }

  reset() {
    this.#meter = new Meter();
    Object.keys(FIGURES).forEach((name) => this.#set(name, 0));
  }

  snapshot({ sessions, faults }) {
    const sum = (name) => sessions.reduce((total, session) => total + session[name], 0);
    this.#set('connected', sessions.filter((session) => session.connected).length);
    this.#set('flying', sum('unacknowledged'));
    this.#set('queued', sum('queued'));
    this.#set('dropped', sum('dropped'));
    this.#set('faults', faults.length);
  }
}
