mosquitto_sub \
-h mqtt.dev-au-03.nnnco.io -p 8883 \
-u "api-sp-global-04f62b" \
-P "YOUR_API_TOKEN" \
--cafile ca.crt \
-t "v4/groups/<enterprise_code>.master/+/uplinks" \
-v
