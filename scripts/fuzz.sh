# Fuzzing: random bytes into everything that takes files of strangers (tests/fuzz, libFuzzer).

readonly FUZZ_SECONDS=3 FUZZ_SECONDS_OF_SOAK=600
# No input of ours takes longer, or more memory; longer inputs find nothing that shorter do not.
readonly FUZZ_LIMITS="-timeout=20 -rss_limit_mb=2048 -max_len=8192"

fuzz_targets() { sed '/^$/d' build/fuzz/fuzz.txt; }

# The folders with seeds of a target: our own, and samples of others where they lie beside the tree.
fuzz_seed_folders() {
  local shared=../shared/data/bank
  echo "tests/fuzz/corpus/$1"
  case "$1" in
    recognise) echo "tests/data/bank" ;;
    camt) echo "tests/data/bank/camt"; echo "$shared/camt.052"; echo "$shared/camt.053"
      echo "$shared/camt.054" ;;
    pain002) echo "tests/data/bank/pain002"; echo "$shared/pain.002" ;;
    bg_old) echo "tests/data/bank/bg_old"; echo "$shared/bg_inbetalningar_old" ;;
    *) echo "tests/data/bank/$1"; echo "$shared/$1" ;;
  esac
}

# Gathers the seeds of a target in build/fuzz/corpus, where what a run finds is kept for the next.
gather_seeds() {
  local name=$1 corpus=build/fuzz/corpus/$1 folder file
  mkdir -p "$corpus"
  while read -r folder; do
    [[ -d $folder ]] || continue
    while read -r file; do
      case "$file" in
        *.expected | *.md | */samples/* | ../*.json) continue ;;
      esac
      cp "$file" "$corpus/seed-$(sha1sum <"$file" | cut -c1-16)"
    done < <(find "$folder" -type f -size -64k)
  done < <(fuzz_seed_folders "$name")
}

# fuzz_one NAME SECONDS: what harms is left as a file, and the log ends with how to repeat it.
fuzz_one() {
  local name=$1 seconds=$2 found
  local left=build/fuzz/found/$name-
  gather_seeds "$name"
  mkdir -p build/fuzz/found
  # shellcheck disable=SC2086
  "build/fuzz/${name}_fuzz" $FUZZ_LIMITS "-max_total_time=$seconds" "-artifact_prefix=$left" \
    -print_final_stats=1 "build/fuzz/corpus/$name" && echo "# pass 1" && return
  for found in "$left"*; do
    [[ -f $found ]] && echo "to repeat it: ./dev fuzz $name --input $found"
  done
  return 1
}

# Runs all targets, as many at once as there are cores, each for so many seconds.
run_fuzz_targets() {
  local seconds=$1 name running=0
  while read -r name; do
    if ((running >= $(nproc))); then
      wait -n
      running=$((running - 1))
    fi
    run_one "fuzz/$name" env bash -c 'source scripts/fuzz.sh; fuzz_one "$@"' fuzz "$name" "$seconds" &
    running=$((running + 1))
  done < <(fuzz_targets)
  wait
}

# usage: ./dev fuzz [NAME] [--seconds N] [--input FILE]
#
# Builds the fuzz targets (clang) and runs one of them, or all, for 3 seconds each or as many as
# are asked. --input runs one file once, which repeats what was found. What a run learns is kept
# in build/fuzz/corpus, what it finds in build/fuzz/found.
dev_fuzz() {
  local name='' seconds=$FUZZ_SECONDS input=''
  while (($# > 0)); do
    case "$1" in
      --seconds) seconds=${2:?--seconds needs a number}; shift ;;
      --input) input=${2:?--input needs a file}; shift ;;
      -*) wrong_usage fuzz "there is no option '$1'" ;;
      *) name=$1 ;;
    esac
    shift
  done
  build_targets fuzz
  [[ -z $name ]] || fuzz_targets | grep -qx -- "$name" ||
    fail "there is no fuzz target '$name'; there are: $(fuzz_targets | paste -sd' ')"
  if [[ -n $input ]]; then
    [[ -n $name ]] || wrong_usage fuzz "--input needs the target's name"
    "build/fuzz/${name}_fuzz" "$input"
  elif [[ -n $name ]]; then
    fuzz_one "$name" "$seconds"
  else
    while read -r name; do fuzz_one "$name" "$seconds"; done < <(fuzz_targets)
  fi
}
