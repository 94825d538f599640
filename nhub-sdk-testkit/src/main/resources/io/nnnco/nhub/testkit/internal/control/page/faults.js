/** Faults: which can still happen, on and off. */

import { call, path } from './api.js';
import { choice, element, field, keepRows, setText, show } from './dom.js';
import { parameterFields } from './parameters.js';
import { actionButton, attempt } from './notices.js';
import { oneAtATime } from './once.js';
import { count, number, value } from './words.js';

const ROWS = 200;
const HOW_OFTEN = { once: 'Once', times: 'So many times', always: 'Always' };

export class Faults {
  #types = [];
  #asked = false;
  #parameters = null;
  #state = element('p', { class: 'quiet state' });
  #list = element('ul', { class: 'rows long', 'aria-label': 'Faults that can still happen' });
  #empty = element('p', { class: 'empty' }, 'No fault is ahead. Inject one, and see what your client does.');
  #type = choice([], { change: () => this.#choose() });
  #description = element('p', { class: 'quiet wide' });
  #place = element('div', { class: 'fields wide' });
  #often = choice(HOW_OFTEN, { change: () => show(this.#timesField, this.#often.value === 'times') });
  #times = element('input', { type: 'number', min: 1, value: 3 });
  #timesField = field('Times', this.#times);
  #client = element('input', { placeholder: 'Any client' });

  constructor(panel) {
    panel.append(
      element('div', { class: 'head' },
        element('h2', { id: 'faults-title' }, 'Faults'), this.#state,
        actionButton('Clear all', () => call('DELETE', '/faults'), () => 'Cleared the faults.')),
      this.#empty, this.#list,
      element('details', {},
        element('summary', {}, 'Inject a fault'),
        element('form', { class: 'fields', submit: oneAtATime(() => this.#inject()) },
          field('Fault', this.#type, 'wide'), this.#description, this.#place,
          field('How often', this.#often), this.#timesField, field('Only for client', this.#client),
          element('button', { type: 'submit' }, 'Inject'))));
    show(this.#timesField, false);
  }

  reset() {
    this.#asked = false;
  }

  snapshot({ faults }) {
    keepRows(this.#list, faults.slice(0, ROWS), (fault) => String(fault.id), row);
    show(this.#empty, faults.length === 0);
    setText(this.#state, faults.length === 0 ? '' : `${number(faults.length)} ahead`
      + (faults.length > ROWS ? `; showing ${ROWS}` : ''));
    if (!this.#asked) {
      this.#asked = true;
      this.#readTypes();
    }
  }

  async #readTypes() {
    try {
      const types = await call('GET', '/fault-types');
      if (JSON.stringify(types) !== JSON.stringify(this.#types)) {
        this.#types = types;
        this.#type.replaceChildren(...types.map(({ name }) => element('option', { value: name }, name)));
        this.#choose();
      }
    } catch {
      this.#asked = false;
    }
  }

  #choose() {
    const type = this.#types.find(({ name }) => name === this.#type.value);
    this.#parameters = parameterFields(type.parameters);
    setText(this.#description, type.description);
    this.#place.replaceChildren(...this.#parameters.nodes);
    show(this.#place, this.#parameters.nodes.length > 0);
  }

  #inject() {
    const when = {
      ...(this.#often.value === 'always' && { always: true }),
      ...(this.#often.value === 'times' && { times: Number(this.#times.value) }),
      ...(this.#client.value && { clientId: this.#client.value }),
    };
    return attempt(
      () => call('POST', '/faults', { name: this.#type.value, parameters: this.#parameters.values(), when }),
      (fault) => `${fault.name} happens at its next opportunity.`);
  }
}

function row({ id, name, parameters, when }) {
  const happened = element('span', { class: 'badge' });
  const given = Object.entries(parameters).map(([key, any]) => `${key} ${value(any)}`);
  const often = when.always ? 'always' : count(when.times, 'time');
  const client = when.clientId ? [`client ${when.clientId}`] : [];
  return {
    node: element('li', { class: 'item' },
      element('div', { class: 'what' },
        element('p', {}, element('strong', {}, name), ' ', happened),
        element('p', { class: 'quiet' }, [...given, often, ...client].join(' · '))),
      actionButton('Remove', () => call('DELETE', path('faults', id)), () => `Removed ${name}.`,
        { 'aria-label': `Remove the fault ${name}` })),
    update(fault) {
      setText(happened, fault.happened === 0 ? 'ahead' : `happened ${count(fault.happened, 'time')}`);
    },
  };
}
