curl -H "Authorization: Bearer <token>" \
https://api.dev-au-03.nnnco.io/api/v4/manage/mqtt-certificates/
