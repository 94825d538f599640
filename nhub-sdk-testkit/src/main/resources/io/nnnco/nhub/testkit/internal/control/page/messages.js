/** What flows: the newest messages, or a sample of them when there are more than one can read. */

import { openDialog } from './dialog.js';
import { choice, element, field, setText } from './dom.js';
import { indented } from './indented.js';
import { Meter } from './meter.js';
import { addNewest } from './newest.js';
import { arrowKeys, oneStop } from './roving.js';
import { atMostEvery } from './timing.js';
import { number, timeOfDay } from './words.js';

const KEPT = 500;
const ROWS = 60;
const TURN = 250;
const ROWS_PER_TURN = 5;

const KINDS = { '': 'All kinds', uplinks: 'Uplinks', downlinks: 'Downlinks', joins: 'Joins', other: 'Other topics' };

export class Messages {
  #kept = [];
  #arrived = [];
  #passed = 0;
  #all = new Meter();
  #shown = new Meter();
  #paused = false;
  #stale = false;
  #list = element('ol', { class: 'rows messages', 'aria-label': 'Messages, newest first' });
  #state = element('p', { class: 'quiet state' });
  #empty = element('p', { class: 'empty' });
  #device = element('input', { type: 'search', placeholder: 'All devices', input: () => this.#refilter() });
  #topic = element('input', { type: 'search', placeholder: 'Any topic', input: () => this.#refilter() });
  #kind = choice(KINDS, { change: () => this.#refilter() });
  #pause = element('button', { type: 'button', 'aria-pressed': 'false', click: () => this.#togglePause() }, 'Pause');
  #draw = atMostEvery(TURN, () => this.#turn());

  constructor(panel) {
    panel.append(
      element('div', { class: 'head' },
        element('h2', { id: 'messages-title' }, 'Messages'), this.#state, this.#pause),
      element('div', { class: 'filters' },
        field('Device', this.#device), field('Kind', this.#kind), field('Topic', this.#topic)),
      this.#empty, this.#list);
    arrowKeys(this.#list);
    this.#list.addEventListener('focusout', () => this.#draw());
    setInterval(this.#draw, 1_000);
    this.reset();
  }

  reset() {
    this.#kept = [];
    this.#arrived = [];
    this.#passed = 0;
    this.#list.replaceChildren();
    this.#draw();
  }

  /**
   * @param {import('./message.js').Message} message
   * @param {boolean} before whether it was published before the page was connected
   */
  add({ fields, ...message }, before) {
    this.#all.add(before ? 0 : 1);
    if (this.#held()) {
      this.#passed++;
      return;
    }
    addNewest(this.#kept, message, KEPT);
    if (before) {
      this.#refilter();
    } else if (this.#matches(message)) {
      addNewest(this.#arrived, message, KEPT); // in a hidden tab, there may be no turn for hours
    }
    this.#draw();
  }

  /** Counts messages that the fake did not send here because there were too many. */
  leftOut(count) {
    this.#all.add(count);
    this.#passed += this.#held() ? count : 0;
  }

  /** Nothing moves while somebody reads. */
  #held() {
    return this.#paused || this.#list.contains(document.activeElement);
  }

  #togglePause() {
    this.#paused = !this.#paused;
    this.#passed = 0;
    this.#pause.setAttribute('aria-pressed', String(this.#paused));
    this.#draw();
  }

  #matches(message) {
    const part = (text, wanted) => text.toLowerCase().includes(wanted.trim().toLowerCase());
    return part(message.device, this.#device.value) && part(message.topic, this.#topic.value)
      && (this.#kind.value === '' || message.kind === this.#kind.value);
  }

  /** All rows are drawn anew. */
  #refilter() {
    this.#stale = true;
    this.#draw();
  }

  #turn() {
    if (this.#stale) {
      this.#stale = false;
      this.#arrived = [];
      const matching = this.#kept.filter((message) => this.#matches(message)).slice(-ROWS);
      this.#list.replaceChildren(...matching.reverse().map(row));
    }
    const chosen = sample(this.#arrived, ROWS_PER_TURN);
    this.#arrived = [];
    this.#shown.add(chosen.length);
    this.#list.prepend(...chosen.reverse().map(row));
    while (this.#list.children.length > ROWS) {
      this.#list.lastElementChild.remove();
    }
    oneStop(this.#list);
    setText(this.#state, this.#stateText());
    setText(this.#empty, this.#list.children.length > 0 ? '' : this.#kept.length === 0
      ? 'No message yet. Publish one, or start simulated devices.'
      : 'No message matches the filter.');
  }

  #stateText() {
    const all = Math.round(this.#all.perSecond());
    const shown = Math.round(this.#shown.perSecond());
    if (this.#held()) {
      const reason = this.#paused ? 'Paused' : 'Held while a message has the focus';
      return `${reason}: ${number(this.#passed)} more since then`;
    }
    const filtered = this.#device.value + this.#topic.value + this.#kind.value !== '';
    if (all > shown && !filtered) {
      return `Showing ${number(shown)} of ${number(all)} messages/s`;
    }
    return filtered ? `Filtered; ${number(all)} messages/s in all` : `${number(all)} messages/s`;
  }
}

function row(message) {
  return element('li', {},
    element('button', { type: 'button', class: 'row', tabindex: '-1', click: () => open(message) },
      element('time', { datetime: message.at }, timeOfDay(message.at)),
      element('span', { class: `kind ${message.kind}` }, message.kind === 'other' ? 'other' : message.kind.slice(0, -1)),
      element('strong', {}, message.device || message.topic),
      element('span', { class: 'gist' }, message.gist)));
}

/** So many of them, evenly, the newest among them. */
function sample(items, most) {
  const taken = Math.min(items.length, most);
  return Array.from({ length: taken }, (_, i) => items[Math.floor(((i + 1) * items.length) / taken) - 1]);
}

function open(message) {
  openDialog(message.device || 'Message', [
    element('dl', { class: 'facts' },
      element('dt', {}, 'Topic'), element('dd', {}, message.topic),
      element('dt', {}, 'Published'), element('dd', {}, message.at),
      element('dt', {}, 'QoS'), element('dd', {}, `${message.qos}${message.retain ? ', retained' : ''}`)),
    element('h3', {}, message.text ? 'Payload' : 'Payload in Base64'),
    element('pre', { tabindex: '0' }, message.json ? indented(message.payload) : message.payload),
  ]);
}
