/** Simulated devices: start, rate, stop. */

import { call, path } from './api.js';
import { element, field, keepRows, setText, show } from './dom.js';
import { actionButton, attempt } from './notices.js';
import { oneAtATime } from './once.js';
import { count, number } from './words.js';

export class Simulators {
  #list = element('ul', { class: 'rows', 'aria-label': 'Running simulators' });
  #empty = element('p', { class: 'empty' }, 'No simulated device is running. Start some:');
  #note = element('p', { class: 'quiet', hidden: true }, 'With the virtual clock, they send when it is moved.');
  #devices = element('input', { type: 'number', min: 1, max: 100000, value: 5, required: true });
  #realistic = element('input', { type: 'checkbox' });
  #rate = element('input', { type: 'number', min: 0.001, step: 'any', value: 2, required: true });

  constructor(panel) {
    panel.append(
      element('div', { class: 'head' }, element('h2', { id: 'simulators-title' }, 'Simulated devices')),
      this.#list, this.#empty,
      element('form', { class: 'fields', submit: oneAtATime(() => this.#start()) },
        field('Devices', this.#devices),
        field('Uplinks a second, together', this.#rate),
        field('As in the field: losses, duplicates, late messages, silence', this.#realistic, 'mark wide'),
        element('button', { type: 'submit' }, 'Start')),
      this.#note);
  }

  snapshot({ status, simulators }) {
    keepRows(this.#list, simulators, (simulator) => String(simulator.id), row);
    show(this.#empty, simulators.length === 0);
    show(this.#note, status.clock.virtual);
  }

  #start() {
    return attempt(
      () => call('POST', '/simulators', {
        devices: Number(this.#devices.value), rate: Number(this.#rate.value), realistic: this.#realistic.checked,
      }),
      (started) => `Started ${count(started.devices, 'device')}.`);
  }
}

function row({ id, rate }) {
  const title = element('strong', {});
  const facts = element('p', { class: 'quiet' });
  const wanted = element('input', { type: 'number', min: 0.001, step: 'any', value: rate, required: true });
  const change = oneAtATime(() => attempt(
    () => call('PATCH', path('simulators', id), { rate: Number(wanted.value) }),
    (changed) => `The devices send ${number(changed.rate)} uplinks a second.`));
  return {
    node: element('li', { class: 'item' },
      element('div', { class: 'what' }, element('p', {}, title), facts),
      element('form', { class: 'actions', submit: change },
        field('Uplinks/s', wanted, 'inline'),
        element('button', { type: 'submit', 'aria-label': `Set the rate of simulator ${id}` }, 'Set'),
        actionButton('Stop', () => call('DELETE', path('simulators', id)), () => 'Stopped the devices.',
          { 'aria-label': `Stop simulator ${id}` }))),
    update(simulator) {
      setText(title, count(simulator.devices, 'device'));
      setText(facts, `${number(simulator.rate)} uplinks/s · ${number(simulator.sent)} sent`);
    },
  };
}
