curl -X POST -H "Authorization: Bearer <token>" \
-H "Content-Type: application/json" \
-d '{"username": "svc-mqtt-prod", "is_service_account": true}' \
https://api.dev-au-03.nnnco.io/api/v4/manage/users/
