/** Reads server-sent events by fetch: the browser’s own EventSource cannot show a token. */

import { reached, request } from './api.js';

/** A fake writes a sign of life every ten seconds. */
const SILENCE = 25_000;

/**
 * The events after a number, until the stream ends or falls silent.
 * @param {number} after
 * @param {number} rate how many a second at most
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<{name: string, number: number, data: any}>}
 */
export async function* events(after, rate, signal) {
  const response = await unlessSilent(request('GET', `/events?after=${after}&rate=${rate}`, { signal }));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await unlessSilent(reached(reader.read()));
      if (done) {
        return;
      }
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop();
      yield* blocks.map(parsed).filter((event) => event.name);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function unlessSilent(read) {
  let timer;
  const silence = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('No sign of life.')), SILENCE);
  });
  return Promise.race([read, silence]).finally(() => clearTimeout(timer));
}

function parsed(block) {
  const event = { name: '', number: 0, data: null };
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) {
      event.name = line.slice(7);
    } else if (line.startsWith('id: ')) {
      event.number = Number(line.slice(4));
    } else if (line.startsWith('data: ')) {
      event.data = JSON.parse(line.slice(6));
    }
  }
  return event;
}
