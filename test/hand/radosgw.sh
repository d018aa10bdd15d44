#!/usr/bin/env bash
# Ceph's S3 on this machine for as long as it takes to try the booth's storage on it: `test/hand/radosgw.sh`, as root, on Debian. One monitor, one OSD that
# keeps everything in memory, one gateway; all on loopback, all in one folder, and nothing is left of it afterwards but the packages. Not a part of npm test.
set -euo pipefail

# How many seconds a day of the lifecycle rules has here.
day=${DAY_SECONDS:-5}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

for tool in ceph-mon ceph-osd radosgw radosgw-admin ceph; do
  command -v "$tool" >/dev/null && continue
  [ "$(id -u)" = 0 ] || { echo "$tool is missing, and only root can install it: apt-get install radosgw ceph-mon ceph-osd ceph-common" >&2; exit 1; }
  apt-get install -y --no-install-recommends radosgw ceph-mon ceph-osd ceph-common
  break
done
radosgw --version

dir=$(mktemp -d)
pids=()
tear_down() {
  # Asked first. What is in memory only has nothing to save.
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do
    for _ in $(seq 30); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  if [ "${KEEP_LOGS:-}" != '' ]; then cp "$dir"/*.log "$KEEP_LOGS"; fi
  rm -rf "$dir"
}
trap tear_down EXIT
trap 'exit 130' INT TERM

free_port() { node -e "const s = require('net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close(); })"; }
fsid=$(cat /proc/sys/kernel/random/uuid)
monitor=$(free_port)
gateway=$(free_port)
export CEPH_CONF="$dir/ceph.conf"
cat > "$CEPH_CONF" <<CONF
[global]
fsid = $fsid
mon host = v2:127.0.0.1:$monitor
public addr = 127.0.0.1
cluster addr = 127.0.0.1
# Nobody else gets there, and for a few minutes.
auth cluster required = none
auth service required = none
auth client required = none
run dir = $dir
admin socket = $dir/\$name.asok
pid file = $dir/\$name.pid
log file = $dir/\$name.log
crash dir = $dir
mon data = $dir/mon
osd data = $dir/osd
osd objectstore = memstore
memstore device bytes = 4294967296
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
osd crush chooseleaf type = 0
mon allow pool size one = true

[client.rgw]
rgw data = $dir/rgw
# Its own default, secure, is one that needs keys.
ms mon client mode = crc
rgw frontends = beast endpoint=127.0.0.1:$gateway
rgw lc debug interval = $day
rgw gc obj min wait = 1
CONF

# Each stays in the foreground of a job of ours, so that it can be ended by its number.
start() { "$@" >> "$dir/out.log" 2>&1 & pids+=($!); }
until_done() { for _ in $(seq 150); do "$@" >/dev/null 2>&1 && return; sleep 0.2; done; echo "never: $*" >&2; tail -n 20 "$dir"/*.log >&2; exit 1; }

mkdir "$dir/osd" "$dir/rgw"
monmaptool --create --fsid "$fsid" --addv a "v2:127.0.0.1:$monitor" "$dir/monmap" > /dev/null
ceph-mon -i a --mkfs --monmap "$dir/monmap"
start ceph-mon -i a -f
until_done timeout 5 ceph -s
osd=$(cat /proc/sys/kernel/random/uuid)
ceph osd new "$osd" > /dev/null
ceph-osd -i 0 --mkfs --osd-uuid "$osd" 2>> "$dir/out.log"
start ceph-osd -i 0 -f
until_done sh -c 'timeout 5 ceph osd stat | grep -q "1 up"'
start radosgw -n client.rgw -f
until_done curl -sf "http://127.0.0.1:$gateway/"

user=$(radosgw-admin -n client.rgw user create --uid booth --display-name Booth 2>> "$dir/out.log")
secret_of() { node -e "console.log(JSON.parse(require('fs').readFileSync(0, 'utf8')).keys[0][process.argv[1]])" "$1" <<< "$user"; }

export FINDME_HAND_ENDPOINT="http://127.0.0.1:$gateway"
export FINDME_HAND_BUCKET=photos
export FINDME_HAND_DAY_SECONDS="$day"
FINDME_CLOUD_KEY_ID=$(secret_of access_key)
FINDME_CLOUD_KEY=$(secret_of secret_key)
export FINDME_CLOUD_KEY_ID FINDME_CLOUD_KEY
cd "$root"
node --import tsx test/hand/storage.ts
