/** What to do when no client is connected: a line to copy that connects one. */

import { address, call } from './api.js';
import { element, setText, show } from './dom.js';
import { say } from './notices.js';
import { authorization } from './token.js';

/** The user name of the key that the fake makes for itself; asking for it again makes no other. */
const OWN_KEY = /^testkit-/;

export function connectLine() {
  const code = element('code', {});
  const copy = element('button', { type: 'button', click: () => copyText(code.textContent) }, 'Copy');
  const make = element('button', { type: 'button', click: () => fill() }, 'Make an API key and show the line');
  const block = element('div', { class: 'copy', hidden: true }, element('pre', { tabindex: '0' }, code), copy);
  const node = element('div', { class: 'empty', hidden: true },
    element('p', {}, 'No client is connected. Connect one with this line:'), block, make);
  let shown = '';
  let status = null;

  async function fill() {
    const enterprise = status.enterprises[0];
    shown = `${enterprise} ${status.mqttHost} ${status.mqttPort}`;
    try {
      const key = await call('POST', '/keys', { enterprise });
      setText(code, line(status, key));
      show(block, true);
      show(make, false);
    } catch (error) {
      shown = '';
      say(error.message, true);
    }
  }

  return {
    node,
    update(nobody, current, keys) {
      show(node, nobody);
      status = current;
      const own = keys.some((key) => OWN_KEY.test(key.username) && key.active);
      if (!own) {
        shown = '';
        show(block, false);
        show(make, true);
      } else if (nobody && shown !== `${status.enterprises[0]} ${status.mqttHost} ${status.mqttPort}`) {
        fill();
      }
    },
  };
}

function line(status, key) {
  return `curl -s -H ${quoted(`Authorization: ${authorization()}`)} ${address('/ca.crt')} -o fake-ca.crt && `
    + `mosquitto_sub --cafile fake-ca.crt -u ${quoted(key.username)} -P ${quoted(key.token)} `
    + `-h ${status.mqttHost} -p ${status.mqttPort} -t ${quoted(`v4/groups/${key.enterprise}.master/+/+`)} -v`;
}

/** As a shell takes it literally. */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    say('Copied.');
  } catch {
    say('The browser does not let this page copy. Select the line and copy it yourself.', true);
  }
}
