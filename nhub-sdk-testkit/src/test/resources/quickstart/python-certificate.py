import ssl
import paho.mqtt.client as mqtt
def on_connect(client, userdata, flags, rc, properties=None):
    print(f"Connected (rc={rc})")
    client.subscribe("v4/groups/<enterprise_code>.master/+/uplinks")
def on_message(client, userdata, msg):
    print(f"{msg.topic}: {msg.payload.decode()}")
client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
client.tls_set(
    ca_certs="ca.crt",
    certfile="client.crt",
    keyfile="client.key",
    tls_version=ssl.PROTOCOL_TLS_CLIENT,
)
client.on_connect = on_connect
client.on_message = on_message
client.connect("mqtt.dev-au-03.nnnco.io", 8883)
client.loop_forever()
