#!/usr/bin/env bash
# Look at a live server from outside, as a stranger: docs/deployment/check.sh https://manager.outcomes.example
# Every line says what was looked at; exit 1 when anything is not as it should be. Needs bash and curl.
# CHECK_CURL holds further options for curl, such as --cacert FILE for a certificate of one's own.
set -uo pipefail

host=${1:?"Say which server: check.sh https://HOST"}
host=${host%/}
case $host in https://*) ;; *) echo "The address must begin with https://" >&2; exit 2 ;; esac
command -v curl >/dev/null || { echo "This needs curl." >&2; exit 2; }
read -ra more <<< "${CHECK_CURL:-}"
faults=0

ask() { curl --silent --show-error --max-time 15 --output /dev/null "${more[@]}" "$@" 2>/dev/null; }
code() { ask --write-out '%{http_code}' "$@" || true; }
tell() {
    if [ "$1" = yes ]; then echo "ok     $2"; else echo "FAULT  $2${3:+ ($3)}"; faults=$((faults + 1)); fi
}
expect() { # what, wanted codes with | between, curl's words
    local what=$1 wanted=$2 got
    shift 2
    got=$(code "$@")
    if [[ "|$wanted|" == *"|$got|"* ]]; then tell yes "$what"; else tell no "$what" "answered $got, wanted $wanted"; fi
}

headers=$(curl --silent --max-time 15 --dump-header - --output /dev/null "${more[@]}" "$host/" | tr -d '\r')
has() { if grep -qiE "$2" <<< "$headers"; then tell yes "$1"; else tell no "$1"; fi; }
lacks() { if grep -qiE "$2" <<< "$headers"; then tell no "$1"; else tell yes "$1"; fi; }

if [ -n "$headers" ]; then tell yes "TLS, with a certificate that holds"; else tell no "TLS, with a certificate that holds"; fi
has "HSTS for half a year or more" '^strict-transport-security:.*max-age=(1[5-9]|[2-9][0-9])[0-9]{6}|^strict-transport-security:.*max-age=[1-9][0-9]{8,}'
has "Content security: nothing from elsewhere" "^content-security-policy:.*default-src 'self'"
has "Content security: pictures of our own alone" "^content-security-policy:.*img-src 'self' data:(;|$)"
has "Content security: in nobody's frame" "^content-security-policy:.*frame-ancestors 'none'"
has "X-Frame-Options" '^x-frame-options: *deny'
has "X-Content-Type-Options" '^x-content-type-options: *nosniff'
has "Referrer-Policy" '^referrer-policy: *(same-origin|no-referrer)'
has "Nothing kept in the browser's cache" '^cache-control:.*no-store'
lacks "No version of the server is told" '^(server|x-powered-by):.*[0-9]'

expect "A page without signing in" "401|302|303" "$host/"
for path in /media/0123456789abcdef.csv /_stcore/health /_stcore/stream /_stcore/host-config /_stcore/metrics /static/index.html; do
    expect "$path without signing in" 401 "$host$path"
done
expect "An upload without signing in" 401 --request PUT --data x "$host/_stcore/upload_file/a/b"
expect "A made-up cookie" 401 --header 'Cookie: _streamlit_user=x; _oauth2_proxy=x' "$host/media/x.csv"
expect "Identity in a header" 401 --header 'X-Forwarded-User: manager' --header 'X-Auth-Request-Email: a@b.example' \
    --header 'Remote-User: manager' "$host/_stcore/health"
expect "A foreign Host" "403|421" --header 'Host: elsewhere.example' "$host/"
expect "A foreign Origin" 403 --header 'Origin: https://elsewhere.example' "$host/"
expect "A websocket from a foreign Origin" 403 --http1.1 --header 'Origin: https://elsewhere.example' \
    --header 'Connection: Upgrade' --header 'Upgrade: websocket' "$host/_stcore/stream"
expect "A body that is too large" 413 --request POST --header 'Content-Length: 900000000' "$host/"
if ask --tlsv1.0 --tls-max 1.1 "$host/"; then tell no "TLS 1.1 is refused"; else tell yes "TLS 1.1 is refused"; fi
if [[ ${host#https://} != *:* ]]; then
    expect "Without TLS one is sent to TLS, or gets nothing" "301|308|000" "http://${host#https://}/"
fi

[ "$faults" -eq 0 ] && echo "All as it should be." && exit 0
echo "$faults not as they should be."
exit 1
