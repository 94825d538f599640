/** The fake’s clock, which can be moved if it is virtual. */

import { call } from './api.js';
import { choice, element, field, setText, show } from './dom.js';
import { attempt } from './notices.js';
import { oneAtATime } from './once.js';

const UNITS = { S: 'seconds', M: 'minutes', H: 'hours', D: 'days' };

export class Clock {
  #now = element('strong', {});
  #kind = element('p', { class: 'quiet' });
  #length = element('input', { type: 'number', min: 0, step: 1, value: 1, required: true });
  #unit = choice(UNITS, {});
  #form = element('form', { class: 'fields', hidden: true, submit: oneAtATime(() => this.#move()) },
    field('Move forward by', this.#length), field('Unit', this.#unit),
    element('button', { type: 'submit' }, 'Move'));

  constructor(panel) {
    this.#unit.value = 'M';
    panel.append(
      element('div', { class: 'head' }, element('h2', { id: 'clock-title' }, 'Clock')),
      element('p', {}, this.#now), this.#kind, this.#form);
  }

  snapshot({ status: { clock } }) {
    this.#tell(clock);
    setText(this.#kind, clock.virtual
      ? 'It stands still until it is moved.'
      : 'It is the system’s. To move it, start the fake with a virtual one: nhub fake --clock now.');
    show(this.#form, clock.virtual);
  }

  #tell({ now }) {
    setText(this.#now, `${now.slice(0, 19).replace('T', ' ')} UTC`);
  }

  #move() {
    const time = `P${this.#unit.value === 'D' ? '' : 'T'}${this.#length.value}${this.#unit.value}`;
    return attempt(() => call('POST', '/clock/advance', { time }), (clock) => {
      this.#tell(clock);
      return `The clock is at ${clock.now}.`;
    });
  }
}
