curl -X POST -H "Authorization: Bearer <token>" \
https://api.dev-au-03.nnnco.io/api/v4/manage/mqtt-certificates/<cert-id>/revoke/
