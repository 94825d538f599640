openssl x509 -in client.crt -noout -dates
