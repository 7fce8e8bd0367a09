#!/usr/bin/env bash
# Back up the managers' databases, encrypted, and delete backups older than 35 days. Run daily as outcomes-manager:
#   BACKUP_RECIPIENT=age1… backup.sh /var/lib/outcomes/manager/databases /srv/backup/outcomes
# The key for pseudonyms and the key that opens the backups are kept elsewhere: whoever has a backup has neither.
# A database is replaced as a whole and never written in place, so a copy of the file is always a good one.
set -euo pipefail
umask 077

from=${1:?"Say which folder holds the databases."}
to=${2:?"Say which folder takes the backups."}
recipient=${BACKUP_RECIPIENT:?"Set BACKUP_RECIPIENT to the public key that backups are encrypted for."}
keep_days=${BACKUP_DAYS:-35}

if command -v age >/dev/null; then
    ending=age
    encrypt() { age --recipient "$recipient" --output "$1"; }
elif command -v gpg >/dev/null; then
    ending=gpg
    encrypt() { gpg --batch --yes --trust-model always --recipient "$recipient" --output "$1" --encrypt; }
else
    echo "Install age or gpg: backups are never kept in the clear." >&2
    exit 2
fi

mkdir -p "$to"
day=$(date -u +%Y-%m-%d)
shopt -s nullglob
found=0
for database in "$from"/*.duckdb; do
    name=$(basename "$database" .duckdb)
    encrypt "$to/.unfinished.$ending" < "$database"
    mv "$to/.unfinished.$ending" "$to/$name.$day.$ending"
    found=$((found + 1))
done
find "$to" -maxdepth 1 -type f \( -name '*.age' -o -name '*.gpg' \) -mtime "+$keep_days" -delete
echo "$found backed up."
[ "$found" -gt 0 ] || exit 1
