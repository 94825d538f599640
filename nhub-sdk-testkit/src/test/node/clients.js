'use strict';
// MQTT clients driven by JSON lines: commands come on stdin, what happens to a client goes to stdout.
// One family of addresses, or Node gives the first up after 250 ms, though it has connected.
// kind "mqtt.js" is that library as it is; kind "packets" is its codec alone, for what a library hides.
const fs = require('fs');
const readline = require('readline');
const tls = require('tls');
const mqtt = require('mqtt');
const codec = require('mqtt-packet');

const clients = new Map();

function say(client, what) {
  process.stdout.write(JSON.stringify({ client, ...what }) + '\n');
}

function received(client, packet) {
  const { cmd, topic, payload, qos, dup, messageId, sessionPresent, properties, granted } = packet;
  const code = packet.cmd === 'connack' && packet.reasonCode == null ? packet.returnCode : packet.reasonCode;
  say(client, {
    event: cmd, topic, qos, dup, messageId, sessionPresent, granted, code,
    payload: cmd === 'publish' ? payload.toString('base64') : undefined,
    properties: properties === undefined ? undefined : { ...properties },
  });
}

function secured(connect) {
  const files = {};
  for (const name of ['ca', 'cert', 'key']) {
    if (connect[name]) files[name] = fs.readFileSync(connect[name]);
  }
  return files;
}

const kinds = {
  'mqtt.js'(name, { files, connect }) {
    const client = mqtt.connect({
      ...connect, ...secured(files), protocol: 'mqtts', reconnectPeriod: 0, connectTimeout: 60000, family: 4,
    });
    client.on('packetreceive', (packet) => received(name, packet));
    client.on('error', (error) => say(name, { event: 'error', message: error.message }));
    client.on('close', () => say(name, { event: 'close' }));
    return {
      subscribe: ({ filter, qos }) => client.subscribe(filter, { qos }, () => {}),
      publish: ({ topic, payload, qos }) => client.publish(topic, payload, { qos }, () => {}),
      end: () => client.end(),
      drop: () => client.stream.destroy(),
    };
  },

  packets(name, { files, connect }) {
    const { host, port, ...packet } = connect;
    const version = { protocolVersion: packet.protocolVersion };
    const socket = tls.connect({ host, port, family: 4, ...secured(files) });
    const parser = codec.parser(version);
    const send = (sent) => socket.write(codec.generate(sent, version));
    socket.once('secureConnect', () =>
      send({ cmd: 'connect', protocolId: packet.protocolVersion === 3 ? 'MQIsdp' : 'MQTT', ...packet }));
    socket.on('data', (bytes) => parser.parse(bytes));
    socket.on('error', (error) => say(name, { event: 'error', message: error.message }));
    socket.on('close', () => say(name, { event: 'close' }));
    parser.on('packet', (got) => received(name, got));
    parser.on('error', (error) => say(name, { event: 'error', message: error.message }));
    return {
      subscribe: ({ filter, qos }) =>
        send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: filter, qos }] }),
      publish: ({ topic, payload, qos }) => send({ cmd: 'publish', topic, payload, qos, messageId: 1 }),
      acknowledge: ({ messageId }) => send({ cmd: 'puback', messageId }),
      ping: () => send({ cmd: 'pingreq' }),
      end: () => socket.end(codec.generate({ cmd: 'disconnect' }, version)),
      drop: () => socket.destroy(),
    };
  },
};

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const command = JSON.parse(line);
  if (command.do === 'connect') {
    clients.set(command.client, kinds[command.kind](command.client, command));
  } else {
    clients.get(command.client)[command.do](command);
  }
}).on('close', () => process.exit(0));
