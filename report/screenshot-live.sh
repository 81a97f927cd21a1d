#!/usr/bin/env bash
# Creates the screenshot of the live page in docs/, from a simulated stream with prices and stores at one week in ten
# seconds.
# Needs fortnight.jar, chromium and chromedriver.
set -euo pipefail
cd "$(dirname "$0")/.."

jar=$PWD/runners/target/fortnight.jar
kafka=kafka://localhost:29292
started=()
trap 'kill "${started[@]}"' EXIT

java -jar "$jar" broker --port=29292 > /dev/null & started+=($!)
sleep 8
java -jar "$jar" simulate --withPrices --output=$kafka/transactions --speedup=60480 \
  --outOfOrder=1h --late=0.0002:3d --malformed=0.0003 > /dev/null & started+=($!)
java -jar "$jar" analyze --runner=FlinkRunner --parallelism=1 --input=$kafka/transactions --output=$kafka/shop. \
  --format='fortnight,price=line_items[].unit_price,by.store=store_id' --earlyEvery=2s > /dev/null & started+=($!)
sleep 90
java -jar "$jar" live --port=29280 --input=$kafka/shop. --transactions=transactions \
  --catalog=testdata/sample/catalog.jsonl > /dev/null & started+=($!)
sleep 6
mvn -q test-compile exec:java@screenshots -pl report -am -Dexec.args="http://127.0.0.1:29280/ $PWD/docs"
