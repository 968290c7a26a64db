# All tests: which there are, how they run beside one another, and what they say at the end.

readonly RESULTS=build/results

# The parts that also run under AddressSanitizer and UndefinedBehaviorSanitizer.
readonly SANITIZED="base_test domain_test formats_test"

# The longest a single test binary may take.
TEST_SECONDS_MAX=1200

# run_one NAME COMMAND...: runs a test program, keeps what it says in $RESULTS/NAME.log, and
# tells in one line how it went. Its own account of its tests is $RESULTS/NAME.json (GoogleTest).
run_one() {
  local name=$1 status=0 began=$SECONDS
  shift
  mkdir -p "$(dirname "$RESULTS/$name")"
  timeout --kill-after=10 "$TEST_SECONDS_MAX" "$@" >"$RESULTS/$name.log" 2>&1 </dev/null ||
    status=$?
  echo "$status" >"$RESULTS/$name.status"
  if ((status == 0)); then
    printf '  %-28s ok      %4d s\n' "$name" $((SECONDS - began))
  else
    printf '  %-28s FAILED  %4d s  %s\n' "$name" $((SECONDS - began)) "$RESULTS/$name.log"
  fi
}

run_gtest() {
  local preset=$1 binary=$2
  local name=$binary
  [[ $preset == release ]] || name=$preset/$binary
  run_one "$name" "build/$preset/$binary" --gtest_output="json:$RESULTS/$name.json"
}

# The slowest first, so that the last core is not left alone with one of them.
release_tests() {
  local -a all
  mapfile -t all < <(sed '/^$/d' build/release/tests.txt)
  local first='^(crash|scenarios|storage|flows|web|app|gateways)_test$'
  printf '%s\n' "${all[@]}" | grep -E "$first" || true
  printf '%s\n' "${all[@]}" | grep -vE "$first" || true
}

# Runs the lines of stdin, each "PRESET BINARY", as many at once as there are cores.
run_beside_one_another() {
  local preset binary running=0
  while read -r preset binary; do
    if ((running >= $(nproc))); then
      wait -n
      running=$((running - 1))
    fi
    run_gtest "$preset" "$binary" &
    running=$((running + 1))
  done
  wait
}

run_browser_tests() {
  say "browser tests"
  run_one browser env TELGIRO_BINARY="$PWD/build/release/telgiro" \
    node tests/browser/node_modules/@playwright/test/cli.js test \
    --config tests/browser/playwright.config.ts
}

# Builds or notes that building failed, which counts as one failed test.
build_or_note() {
  local name=$1
  shift
  say "building $name"
  build_targets "$@" && return
  echo "1" >"$RESULTS/build $name.status"
  echo "the build of $name failed" >"$RESULTS/build $name.log"
  return 1
}

# Prints failures and, as the last line, the sum; fails where any test failed.
sum_up() {
  node scripts/sum_up_tests.mjs "$RESULTS"
}

# usage: ./dev test
#
# Sets up, builds, and runs everything: the formatting of the sources, all test binaries of the
# release build (assertions are on), those of base, domain and formats under sanitizers, the browser
# tests, and each fuzz target for a few seconds. The logs are in build/results. The last line is
# 'N passed, N failed', with ', N skipped' where some were.
dev_test() {
  (($# == 0)) || wrong_usage test "it takes no arguments"
  dev_setup
  rm -rf "$RESULTS"
  mkdir -p "$RESULTS"
  run_one format ./dev check --format
  if build_or_note release release; then
    say "tests (release)"
    release_tests | sed 's/^/release /' | run_beside_one_another
    run_browser_tests
  fi
  local -a sanitized
  read -ra sanitized <<<"$SANITIZED"
  if build_or_note sanitizers asan "${sanitized[@]}"; then
    say "tests (address and undefined-behaviour sanitizers)"
    printf 'asan %s\n' "${sanitized[@]}" | run_beside_one_another
  fi
  if build_or_note fuzz fuzz; then
    say "fuzzing, $FUZZ_SECONDS seconds a target"
    run_fuzz_targets "$FUZZ_SECONDS"
  fi
  say "result"
  sum_up
}

# usage: ./dev soak
#
# The long proofs, which take an hour or more: the crash tests with 200 kills a database instead
# of 40, property tests and spoiled bank files with 100 times as many random cases, and ten minutes
# of fuzzing for each target. TELGIRO_SOAK=1 asks the tests for them. Ends with the same line as ./dev test.
dev_soak() {
  (($# == 0)) || wrong_usage soak "it takes no arguments"
  dev_setup
  build_targets release
  build_targets fuzz
  rm -rf "$RESULTS"
  mkdir -p "$RESULTS"
  say "long proofs"
  export TELGIRO_SOAK=1 RC_PARAMS="max_success=10000"
  TEST_SECONDS_MAX=36000
  release_tests | sed 's/^/release /' | run_beside_one_another
  say "fuzzing, $FUZZ_SECONDS_OF_SOAK seconds a target"
  run_fuzz_targets "$FUZZ_SECONDS_OF_SOAK"
  sum_up
}
