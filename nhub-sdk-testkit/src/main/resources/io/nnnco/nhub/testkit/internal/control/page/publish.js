/** Publishes: a device message with the documented fields, or any bytes on any topic. */

import { call } from './api.js';
import { openDialog, resultLine } from './dialog.js';
import { choice, element, field, show } from './dom.js';
import { attempt } from './notices.js';
import { oneAtATime } from './once.js';
import { count, plain } from './words.js';

/** What was typed last, for the next time. */
let last = { deviceId: 'ABC123', channel: 'temperature', value: '22.5', unit: '°C' };

/** Opens the form. @param {{enterprises: string[]}} status */
export function openPublish(status) {
  const device = deviceForm(status);
  const raw = rawForm(status);
  const chosen = (shown) => () => {
    show(device, shown === device);
    show(raw, shown === raw);
  };
  const mode = (label, shown, checked) => field(
    label, element('input', { type: 'radio', name: 'mode', checked, change: chosen(shown) }), 'mark');
  openDialog('Publish', [
    element('fieldset', { class: 'modes' }, element('legend', {}, 'What'),
      mode('Device message', device, true), mode('Any bytes', raw, false)),
    device, raw,
  ]);
  show(raw, false);
  device.querySelector('input').focus();
}

function form(fields, send) {
  const result = resultLine();
  const button = element('button', { type: 'submit', class: 'primary' }, 'Publish');
  const publish = oneAtATime(() => attempt(send, told, result.tell));
  return element('form', { class: 'fields', submit: publish }, ...fields, button, result.line);
}

function told({ topic, times, deliveries }) {
  const to = deliveries.length === 0
    ? 'No client is subscribed to it.'
    : deliveries.map(({ clientId, count: some, state }) => `${clientId}: ${some} ${plain(state)}`).slice(0, 5).join(', ');
  return `Published ${count(times, 'message')} on ${topic}. ${to}`;
}

function deviceForm(status) {
  const device = element('input', { required: true, value: last.deviceId, autocomplete: 'off' });
  const kind = choice({ UPLINK: 'Uplink', DOWNLINK: 'Downlink', JOIN: 'Join' }, {});
  const type = element('input', { placeholder: 'such as nsen-v2' });
  const enterprise = choice(status.enterprises, {});
  const times = timesInput();
  const readings = element('div', { class: 'readings wide' }, readingRow(last));
  const more = element('textarea', { rows: 2, spellcheck: 'false', placeholder: '{"battery_level": 87}' });
  const add = element('button', { type: 'button', click: () => {
    readings.append(readingRow({ channel: '', value: '', unit: '' }));
    readings.lastElementChild.querySelector('input').focus();
  } }, 'Add a reading');
  return form([
    field('Device', device), field('Kind', kind), field('Device type', type),
    status.enterprises.length > 1 && field('Enterprise', enterprise),
    readings, element('div', { class: 'wide' }, add),
    field('Further fields, as a JSON object', more, 'wide'), field('Times', times),
  ], () => {
    const given = [...readings.children].map((row) => row.given()).filter(({ channelId }) => channelId !== '');
    last = { ...last, deviceId: device.value };
    return call('POST', '/messages', {
      deviceId: device.value,
      kind: kind.value,
      enterprise: enterprise.value,
      ...(type.value && { deviceType: type.value }),
      readings: given,
      ...(more.value.trim() && { fields: object(more.value) }),
      times: Number(times.value),
    });
  });
}

function timesInput() {
  return element('input', { type: 'number', min: 1, max: 10000, value: 1, required: true });
}

function readingRow({ channel, value, unit }) {
  const inputs = [['Channel', channel], ['Value', value], ['Unit', unit]]
    .map(([label, text]) => [label, element('input', { value: text, autocomplete: 'off' })]);
  const [channelInput, valueInput, unitInput] = inputs.map(([, input]) => input);
  const row = element('div', { class: 'reading-row' }, ...inputs.map(([label, input]) => field(label, input)));
  row.given = () => ({
    channelId: channelInput.value.trim(),
    value: json(valueInput.value),
    ...(unitInput.value && { unit: unitInput.value }),
  });
  return row;
}

/** A number, a boolean, null, or whatever JSON it is; else the text. */
function json(text) {
  try {
    return JSON.parse(text, exactly);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return text;
    }
    throw error;
  }
}

function object(text) {
  try {
    return JSON.parse(text, exactly);
  } catch (error) {
    throw error instanceof SyntaxError ? new Error(`The further fields are not JSON: ${error.message}.`) : error;
  }
}

/** JavaScript knows 1e400 as infinity, which JSON has not, and large integers only about. */
function exactly(name, any) {
  if (typeof any === 'number' && Math.abs(any) > Number.MAX_SAFE_INTEGER) {
    throw new RangeError('A number beyond 9,007,199,254,740,991 would change on the way. Publish it as bytes.');
  }
  return any;
}

function rawForm(status) {
  const topic = element('input', { required: true, value: `v4/groups/${status.enterprises[0]}.master/ABC123/uplinks` });
  const payload = element('textarea', { rows: 5, spellcheck: 'false' });
  const encoding = choice({ text: 'Text', base64: 'Base64', hexadecimal: 'Hexadecimal digits' }, {});
  const qos = choice(['1', '0'], {});
  const times = timesInput();
  return form([
    field('Topic', topic, 'wide'), field('Payload', payload, 'wide'),
    field('The payload is given as', encoding), field('QoS', qos), field('Times', times),
  ], () => call('POST', '/raw-messages', {
    topic: topic.value,
    ...bytes(payload.value, encoding.value),
    qos: Number(qos.value),
    times: Number(times.value),
  }));
}

function bytes(text, encoding) {
  if (encoding === 'text') {
    return { payload: text };
  }
  const compact = text.replace(/\s/g, '');
  if (encoding === 'base64') {
    return { payloadBase64: compact };
  }
  if (!/^([0-9a-f]{2})*$/i.test(compact)) {
    throw new Error('Hexadecimal digits must be 0 to 9 and a to f, two for each byte.');
  }
  const codes = (compact.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
  return { payloadBase64: btoa(codes.map((code) => String.fromCharCode(code)).join('')) };
}
