#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# tmt runs this again after each reboot; what is in $TMT_TEST_DATA stays.
set -u
boots=$TMT_TEST_DATA/boots
umountbench run --config compare --into "$boots" || exit
if [ "${TMT_REBOOT_COUNT:-0}" -lt 6 ]; then
  tmt-reboot
  exit
fi
if [ -e baseline.json ]; then
  umountbench compare baseline.json "$boots" --format tmt -o "$TMT_TEST_DATA/results.json" \
    --write markdown="$TMT_TEST_DATA/report.md"
else
  # The first time: these boots are to be the baseline, once somebody has looked at them.
  umountbench shrink "$boots" -o "$TMT_TEST_DATA/baseline.json"
  umountbench report "$boots" --format tmt -o "$TMT_TEST_DATA/results.json"
fi
