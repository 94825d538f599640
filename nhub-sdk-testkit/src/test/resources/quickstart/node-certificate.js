const mqtt = require('mqtt');
const fs = require('fs');
const client = mqtt.connect('mqtts://mqtt.dev-au-03.nnnco.io:8883', {
ca: fs.readFileSync('ca.crt'),
cert: fs.readFileSync('client.crt'),
key: fs.readFileSync('client.key'),
});
client.on('connect', () => {
console.log('Connected');
client.subscribe('v4/groups/<enterprise_code>.master/+/uplinks');
});
client.on('message', (topic, message) => {
console.log(`${topic}: ${message.toString()}`);
});
