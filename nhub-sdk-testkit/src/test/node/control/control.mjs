// The control API of a fake N-Hub, with what comes with Node.js alone.
import assert from 'node:assert/strict';

// tag::client[]
const url = process.env.FAKE_CONTROL_URL;
const token = process.env.FAKE_CONTROL_TOKEN;

export async function call(method, path, body) {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${response.status} ${JSON.parse(text).detail}`);
  }
  return text === '' ? null : JSON.parse(text);
}
// end::client[]

/** The status and the details of a request that must fail. */
export async function problem(method, path, body) {
  return assert.rejects(call(method, path, body)).then(() =>
    call(method, path, body).catch((error) => error.message));
}

// tag::events[]
/** The server-sent events, one by one; one without data is a sign of life. */
export async function* events(query) {
  const response = await fetch(`${url}/events?${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  let rest = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const field = (name) => block.match(new RegExp(`^${name}: (.*)$`, 'm'))?.[1];
      yield { event: field('event'), data: JSON.parse(field('data') ?? 'null') };
    }
  }
}
// end::events[]
