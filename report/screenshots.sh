#!/usr/bin/env bash
# Creates the screenshots of the report in docs/, from a simulated year with prices and stores. Needs fortnight.jar, chromium and chromedriver.
set -euo pipefail
cd "$(dirname "$0")/.."

jar=runners/target/fortnight.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

java -jar "$jar" simulate --withPrices \
  --output="$work/year.jsonl" --catalog="$work/catalog.jsonl" --malformed=0.0002
java -jar "$jar" analyze --input="$work/year.jsonl" --output="$work/out" \
  --format='fortnight,price=line_items[].unit_price,by.store=store_id' \
  --report="$work/report.html" --catalog="$work/catalog.jsonl"
mvn -q test-compile exec:java@screenshots -pl report -am -Dexec.args="$work/report.html $PWD/docs"
