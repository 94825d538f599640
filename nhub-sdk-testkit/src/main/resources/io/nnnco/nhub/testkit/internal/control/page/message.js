/** A message as it was published, with what the page needs of it. */

import { cut, short, value } from './words.js';

/** Of longer payloads, only this much is kept. */
const KEPT = 16_000;

/**
 * @typedef {object} Message
 * @property {number} number
 * @property {string} at
 * @property {string} topic
 * @property {string} group the third level of its topic: whose devices
 * @property {string} device the fourth level, or empty
 * @property {string} kind the last level: uplinks, downlinks, joins; or other
 * @property {number} qos
 * @property {boolean} retain
 * @property {string} payload as text, or as Base64
 * @property {boolean} text whether the payload is text
 * @property {string} gist what is in it, on one line
 * @property {boolean} json whether the payload is a JSON object
 * @property {any} fields of its JSON object, or null; too much to keep
 */

/** Reads an event of the journal of messages. @returns {Message} */
export function message({ number, data }) {
  const levels = data.topic.split('/');
  const known = levels.length === 5 && /^(uplinks|downlinks|joins)$/.test(levels[4]);
  const text = data.payload !== null;
  const payload = data.payload ?? data.payloadBase64 ?? '';
  const fields = text ? object(payload) : null;
  const kind = known ? levels[4] : 'other';
  return {
    number,
    at: data.at,
    topic: data.topic,
    group: known ? levels[2] : '',
    device: known ? levels[3] : '',
    kind,
    qos: data.qos,
    retain: data.retain,
    payload: payload.length > KEPT ? `${cut(payload, KEPT)} … (${payload.length} characters)` : payload,
    text,
    gist: gist({ kind, text, payload, fields }),
    json: fields !== null,
    fields,
  };
}

function object(text) {
  try {
    const read = JSON.parse(text);
    return read !== null && typeof read === 'object' && !Array.isArray(read) ? read : null;
  } catch {
    return null;
  }
}

/** The readings that are as the platform writes them. */
export function readings(fields) {
  return Array.isArray(fields?.readings)
    ? fields.readings.filter((reading) => reading && typeof reading.channel_id === 'string')
    : [];
}

/** What is in a message, on one line. */
function gist(read) {
  const texts = readings(read.fields).map((reading) => `${reading.channel_id} ${withUnit(reading)}`);
  if (texts.length > 0) {
    return short(texts.join(' · '));
  }
  if (read.fields && read.kind !== 'other') {
    const rest = Object.entries(read.fields).filter(([name]) => !['device_id', 'timestamp_ms', 'readings'].includes(name));
    return short(rest.map(([name, any]) => `${name} ${value(any)}`).join(' · '));
  }
  return read.text ? short(read.payload) : short(`Base64 ${read.payload}`);
}

/** A reading’s value with its unit. */
export function withUnit(reading) {
  const unit = typeof reading.unit === 'string' ? reading.unit : '';
  return `${value(reading.value)}${unit && unit !== '%' ? ' ' : ''}${unit}`;
}
