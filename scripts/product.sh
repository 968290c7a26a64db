# What is done with the built program: demo, server, benchmarks, expectations.

readonly TELGIRO=build/release/telgiro
readonly DEMO=build/demo
readonly WELCOME=$DEMO/welcome.txt  # Users and links, as telgiro demo printed them.

# usage: ./dev demo [OPTIONS of telgiro demo]
#
# Builds, and fills build/demo anew with a made-up operator: customers, services, imported files
# and a billed month. The same seed gives the same operator.
dev_demo() {
  build_targets release telgiro
  say "making the demo in $DEMO"
  rm -rf "$DEMO"
  "$TELGIRO" --data "$DEMO" demo "$@" | tee build/demo.txt
  # Written last: a demo that was cut off does not have it.
  mv build/demo.txt "$WELCOME"
}

# usage: ./dev run [OPTIONS of telgiro serve]
#
# Sets up, builds, makes the demo where there is none yet, and serves it until Ctrl-C. Prints the
# users of the demo and the links to open. ./dev demo begins it anew.
dev_run() {
  dev_setup
  build_targets release telgiro
  [[ -f $WELCOME ]] || dev_demo >/dev/null
  # The links as this server will answer them.
  sed "s|http://127.0.0.1:8080|http://127.0.0.1:$(asked_port "$@")|" "$WELCOME"
  say "serving $DEMO (Ctrl-C ends it)"
  exec "$TELGIRO" --data "$DEMO" serve "$@"
}

# The port that options of telgiro serve ask for; 8080 where they ask for none.
asked_port() {
  local port=8080
  while (($# > 0)); do
    case "$1" in
      --port) port=${2:-$port} ;;
      --port=*) port=${1#--port=} ;;
    esac
    shift
  done
  echo "$port"
}

# usage: ./dev bench [NAME] [--json]
#
# Runs the benchmark NAME with its limit: bill-run, rating, rating-durable, pdf, page-unchanged,
# page-render, bank-read, bank-import, bank-match, bank-write, collection-run, webhooks. NAME may be
# a regular expression over the registered names ("bill-run/postgres", "rating.*"). Without it all
# run but those whose name ends with -large, which take minutes and gigabytes of disk. --json prints
# one object a line: {"name","storage","value","unit","limit","ratio","peak_mb"}; without it, Google
# Benchmark's table.
dev_bench() {
  local filter='-^[a-z0-9-]*-large/' argument
  local -a options=()
  for argument in "$@"; do
    case "$argument" in
      --json) options+=(--lines) ;;
      -*) wrong_usage bench "there is no option '$argument'" ;;
      *[!a-z0-9-]*) filter=$argument ;;
      *) filter="^$argument/" ;;
    esac
  done
  build_targets release telgiro_bench >&2
  build/release/telgiro_bench --benchmark_filter="$filter" "${options[@]}"
}

# usage: ./dev update
#
# Rewrites the files that tests compare with what the program makes: expectations of
# tests/scenarios, pages of docs/reference, samples. Read the difference before you commit it.
dev_update() {
  (($# == 0)) || wrong_usage update "it takes no arguments"
  build_targets release
  local test
  while read -r test; do
    case "$test" in
      architecture_test | crash_test) continue ;;
    esac
    echo "  $test"
    TELGIRO_UPDATE=1 "build/release/$test" --gtest_brief=1 >"build/update.log" 2>&1 </dev/null ||
      { cat build/update.log; fail "$test fails even so"; }
  done < <(sed '/^$/d' build/release/tests.txt)
  git status --short 2>/dev/null || true
}
