mosquitto_sub \
--cafile ca.crt \
--cert client.crt \
--key client.key \
-h mqtt.dev-au-03.nnnco.io -p 8883 \
-t "v4/groups/<enterprise_code>.master/+/uplinks" \
-v
