/** The devices that have sent something, with their readings over time, in bounded memory. */

import { readings } from './message.js';

/** How many devices are kept: those that were heard last. */
export const KEPT_DEVICES = 2_000;

const KEPT_CHANNELS = 24;
const KEPT_POINTS = 120;

/** The newest values of one channel, in a ring. */
export class Series {
  #times = null;
  #values = null;
  #count = 0;
  latest = null;

  add(time, reading) {
    this.latest = reading;
    const figure = typeof reading.value === 'boolean' ? Number(reading.value) : reading.value;
    if (typeof figure !== 'number' || !Number.isFinite(time)) {
      return;
    }
    this.#times ??= new Float64Array(KEPT_POINTS);
    this.#values ??= new Float64Array(KEPT_POINTS);
    this.#times[this.#count % KEPT_POINTS] = time;
    this.#values[this.#count % KEPT_POINTS] = figure;
    this.#count++;
  }

  /** The points by time; a late one is where it belongs. @returns {{time: number, value: number}[]} */
  points() {
    const kept = Math.min(this.#count, KEPT_POINTS);
    return Array.from({ length: kept }, (_, i) => ({ time: this.#times[i], value: this.#values[i] }))
      .sort((one, other) => one.time - other.time);
  }
}

/** A device. */
class Device {
  type = '';
  channels = new Map();
  heard = 0;
  at = '';
  topic = '';
  location = null;
  radio = null;

  constructor(id) {
    this.id = id;
  }

  /** @param {import('./message.js').Message} message */
  add(message) {
    this.heard++;
    this.at = message.at;
    this.topic = message.topic;
    const fields = message.fields ?? {};
    this.type = typeof fields.device_type === 'string' ? fields.device_type : this.type;
    this.location = fields.location ?? this.location;
    this.radio = fields.network_metadata ?? this.radio;
    const time = Number.isFinite(fields.timestamp_ms) ? fields.timestamp_ms : Date.parse(message.at);
    for (const reading of readings(fields)) {
      if (!this.channels.has(reading.channel_id) && this.channels.size < KEPT_CHANNELS) {
        this.channels.set(reading.channel_id, new Series());
      }
      this.channels.get(reading.channel_id)?.add(time, reading);
    }
  }
}

export class Fleet {
  #devices = new Map();
  forgotten = 0;

  /** @param {import('./message.js').Message} message */
  add(message) {
    const device = this.#devices.get(message.device) ?? new Device(message.device);
    this.#devices.delete(message.device); // and to the end: the first is the one silent longest
    this.#devices.set(message.device, device);
    device.add(message);
    if (this.#devices.size > KEPT_DEVICES) {
      this.#devices.delete(this.#devices.keys().next().value);
      this.forgotten++;
    }
    return device;
  }

  get size() {
    return this.#devices.size;
  }

  /** Those with this text in their id or type, by id. */
  matching(text) {
    const wanted = text.trim().toLowerCase();
    return [...this.#devices.values()]
      .filter((device) => device.id.toLowerCase().includes(wanted) || device.type.toLowerCase().includes(wanted))
      .sort((one, other) => (one.id < other.id ? -1 : 1));
  }
}
