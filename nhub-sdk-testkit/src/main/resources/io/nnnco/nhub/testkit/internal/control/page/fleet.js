/** The devices that have sent something, with their readings over time, in bounded memory. */

import { readings, withUnit } from './message.js';
import { short, value } from './words.js';

/** How many devices are kept: those that were heard last. */
export const KEPT_DEVICES = 2_000;

const KEPT_CHANNELS = 24;
const KEPT_POINTS = 120;

/** Beyond it, the difference of two numbers may be infinite, and there is no scale to plot them. */
const LARGEST = 1e300;

/** The newest values of one channel. */
class Series {
  #points = [];
  latest = '';
  unit = '';

  add(time, reading) {
    this.latest = short(withUnit(reading));
    this.unit = typeof reading.unit === 'string' ? short(reading.unit) : '';
    const figure = typeof reading.value === 'boolean' ? Number(reading.value) : reading.value;
    if (typeof figure === 'number' && Math.abs(figure) <= LARGEST && Number.isFinite(time)) {
      this.#points.push({ time, value: figure });
      if (this.#points.length > KEPT_POINTS) {
        this.#points.shift();
      }
    }
  }

  /** The points by time; a late one is where it belongs. @returns {{time: number, value: number}[]} */
  points() {
    return this.#points.toSorted((one, other) => one.time - other.time);
  }
}

/** A device. */
class Device {
  type = '';
  channels = new Map();
  heard = 0;
  at = '';
  topic = '';
  location = '';
  radio = '';

  constructor(group, id) {
    this.key = `${group}/${id}`;
    this.group = group;
    this.id = id;
  }

  /** @param {import('./message.js').Message} message */
  add(message) {
    this.heard++;
    this.at = message.at;
    this.topic = message.topic;
    const fields = message.fields ?? {};
    this.type = typeof fields.device_type === 'string' ? short(fields.device_type) : this.type;
    this.location = fields.location ? short(value(fields.location)) : this.location;
    this.radio = fields.network_metadata ? short(value(fields.network_metadata)) : this.radio;
    const time = Number.isFinite(fields.timestamp_ms) ? fields.timestamp_ms : Date.parse(message.at);
    for (const reading of readings(fields)) {
      const channel = short(reading.channel_id);
      if (!this.channels.has(channel) && this.channels.size < KEPT_CHANNELS) {
        this.channels.set(channel, new Series());
      }
      this.channels.get(channel)?.add(time, reading);
    }
  }
}

/** Devices by group and id: two enterprises may have devices of the same id. */
export class Fleet {
  #devices = new Map();
  #groups = new Set();
  forgotten = 0;

  /** @param {import('./message.js').Message} message */
  add(message) {
    const fresh = new Device(message.group, message.device);
    const device = this.#devices.get(fresh.key) ?? fresh;
    this.#devices.delete(device.key); // and to the end: the first is the one silent longest
    this.#devices.set(device.key, device);
    this.#groups.add(device.group);
    device.add(message);
    if (this.#devices.size > KEPT_DEVICES) {
      this.#devices.delete(this.#devices.keys().next().value);
      this.forgotten++;
    }
  }

  /** The device with this key, unless it has been forgotten. */
  get(key) {
    return this.#devices.get(key);
  }

  /** Whether there are devices of more than one group. */
  get mixed() {
    return this.#groups.size > 1;
  }

  get size() {
    return this.#devices.size;
  }

  /** Those with this text in their id or type, by id. */
  matching(text) {
    const wanted = text.trim().toLowerCase();
    return [...this.#devices.values()]
      .filter((device) => device.id.toLowerCase().includes(wanted) || device.type.toLowerCase().includes(wanted))
      .sort((one, other) => order(one.id, other.id) || order(one.group, other.group));
  }
}

function order(one, other) {
  return one < other ? -1 : Number(one > other);
}
