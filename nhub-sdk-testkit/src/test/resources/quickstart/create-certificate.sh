curl -X POST -H "Authorization: Bearer <token>" \
-H "Content-Type: application/json" \
-d '{
"name": "Production MQTT Client",
"api_key_id": "<api-key-uuid>",
"validity_hours": 8760
}' \
https://api.dev-au-03.nnnco.io/api/v4/manage/mqtt-certificates/
