const mqtt = require('mqtt');
const fs = require('fs');
const client = mqtt.connect('mqtts://mqtt.dev-au-03.nnnco.io:8883', {
ca: fs.readFileSync('ca.crt'),
username: 'api-sp-global-04f62b',
password: 'YOUR_API_TOKEN',
});
client.on('connect', () => {
console.log('Connected');
client.subscribe('v4/groups/<enterprise_code>.master/+/uplinks');
});
client.on('message', (topic, message) => {
console.log(`${topic}: ${message.toString()}`);
});
