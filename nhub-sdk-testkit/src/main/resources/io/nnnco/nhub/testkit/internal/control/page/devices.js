/** The devices that send, with their last readings. */

import { openDialog } from './dialog.js';
import { element, field, keepRows, setText } from './dom.js';
import { Fleet, KEPT_DEVICES } from './fleet.js';
import { line, plot } from './plot.js';
import { arrowKeys, oneStop } from './roving.js';
import { atMostEvery } from './timing.js';
import { count, number, short, timeOfDay } from './words.js';

const ROWS = 25;
const TURN = 500;
const CHANNELS = 6;

export class Devices {
  #fleet = new Fleet();
  #open = null;
  #state = element('p', { class: 'quiet state' });
  #empty = element('p', { class: 'empty' });
  #list = element('ul', { class: 'rows devices', 'aria-label': 'Devices' });
  #filter = element('input', { type: 'search', placeholder: 'All devices', input: () => this.#draw() });
  #draw = atMostEvery(TURN, () => this.#redraw());

  constructor(panel) {
    panel.append(
      element('div', { class: 'head' }, element('h2', { id: 'devices-title' }, 'Devices'), this.#state),
      element('div', { class: 'filters' }, field('Device or type', this.#filter)),
      this.#empty, this.#list);
    arrowKeys(this.#list);
    this.#draw();
  }

  reset() {
    this.#fleet = new Fleet();
    this.#draw();
  }

  /** @param {import('./message.js').Message} message */
  add(message) {
    if (message.device) {
      this.#fleet.add(message);
      this.#draw();
    }
  }

  #redraw() {
    const matching = this.#fleet.matching(this.#filter.value);
    keepRows(this.#list, matching.slice(0, ROWS), (device) => device.key, (device) => this.#row(device));
    oneStop(this.#list);
    setText(this.#state, this.#stateText(matching.length));
    setText(this.#empty, matching.length > 0 ? '' : this.#fleet.size === 0
      ? 'No device has sent anything yet.'
      : 'No device matches the filter.');
    this.#open?.();
  }

  #stateText(matching) {
    const all = this.#fleet.forgotten > 0
      ? `the ${number(KEPT_DEVICES)} devices heard last`
      : count(this.#fleet.size, 'device');
    return matching > ROWS || matching < this.#fleet.size
      ? `Showing ${number(Math.min(ROWS, matching))} of ${all}${matching > ROWS ? '; filter to find others' : ''}`
      : all;
  }

  #row(first) {
    const channels = element('span', { class: 'channels' });
    const heard = element('span', { class: 'quiet' });
    const known = new Map();
    let device = first;
    let seen = -1;
    const button = element('button', { type: 'button', class: 'row', tabindex: '-1', click: () => this.#show(device.key) },
      element('span', { class: 'who' }, element('strong', {}, first.id), heard), channels);
    const update = (current) => {
      if (current === device && current.heard === seen) {
        return;
      }
      device = current;
      seen = current.heard;
      setText(heard, [current.type, this.#fleet.mixed && current.group, timeOfDay(current.at).slice(0, 8)].filter(Boolean).join(' · '));
      for (const [name, series] of [...current.channels].slice(0, CHANNELS)) {
        if (!known.has(name)) {
          known.set(name, channel(name));
          channels.append(known.get(name).node);
        }
        known.get(name).update(series);
      }
    };
    return { node: element('li', {}, button), update };
  }

  #show(key) {
    const facts = element('dl', { class: 'facts' });
    const plots = element('div', {});
    const known = new Map();
    const update = () => {
      const device = this.#fleet.get(key);
      if (device) {
        showFacts(facts, device);
        showPlots(plots, device, known);
      }
    };
    const dialog = openDialog(this.#fleet.get(key)?.id ?? key, [facts, plots]);
    dialog.addEventListener('close', () => (this.#open = null));
    this.#open = update;
    update();
  }
}

function channel(name) {
  const reading = element('span', { class: 'reading' });
  const spark = line();
  return {
    node: element('span', { class: 'channel' },
      element('span', { class: 'quiet' }, short(name, 40)), spark.node, reading),
    update(series) {
      setText(reading, short(series.latest, 40));
      spark.redraw(series.points());
    },
  };
}

function showFacts(list, device) {
  const facts = {
    Type: device.type || 'not given',
    Heard: `${count(device.heard, 'message')} here, the last at ${timeOfDay(device.at)}`,
    Topic: device.topic,
    ...(device.location && { Location: device.location }),
    ...(device.radio && { Radio: device.radio }),
  };
  list.replaceChildren(...Object.entries(facts).flatMap(([name, text]) =>
    [element('dt', {}, name), element('dd', {}, text)]));
}

function showPlots(place, device, known) {
  for (const [name, series] of device.channels) {
    if (!known.has(name)) {
      const latest = element('span', {});
      const drawn = plot(name, series.unit);
      known.set(name, { latest, drawn });
      place.append(element('h3', {}, name, ' ', latest), drawn.node);
    }
    setText(known.get(name).latest, series.latest);
    known.get(name).drawn.redraw(series.points());
  }
}
