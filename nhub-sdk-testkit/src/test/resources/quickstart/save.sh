# Save the three PEM files (the private key is only returned once)
echo "<certificate_pem>" > client.crt
echo "<private_key_pem>" > client.key
echo "<ca_certificate_pem>" > ca.crt
chmod 600 client.key
