# What is checked of the sources without running the product.

# Our C++ files, or with "changed" those that differ from the last commit.
cpp_files() {
  if [[ ${1:-} == changed ]] && git rev-parse --verify --quiet HEAD >/dev/null; then
    { git diff --name-only --diff-filter=d HEAD -- src tests
      git ls-files --others --exclude-standard -- src tests; } | sort -u
  else
    find src tests -type f -not -path '*/node_modules/*' | sort
  fi | grep -E '\.(h|cpp)$' || true
}

check_format() {
  say "format (clang-format-19)"
  local -a files
  mapfile -t files < <(cpp_files)
  clang-format-19 --dry-run -Werror "${files[@]}"
}

# clang cannot read g++'s precompiled headers, so it gets a configuration of its own.
check_tidy() {
  local which=$1
  local -a files
  mapfile -t files < <(cpp_files "$which" | grep '\.cpp$')
  say "clang-tidy-19 (${#files[@]} files)"
  ((${#files[@]} > 0)) || return 0
  cmake --preset tidy >/dev/null || return 1
  printf '%s\0' "${files[@]}" |
    xargs -0 -P "$(nproc)" -n 4 clang-tidy-19 -p build/tidy --quiet --warnings-as-errors='*'
}

check_architecture() {
  say "architecture"
  build_targets release architecture_test >/dev/null || return 1
  build/release/architecture_test --gtest_brief=1
}

# usage: ./dev check [--all] [--fix] [--format]
#
# Formatting of all files, clang-tidy of the files that differ from the last commit (with --all of
# all files), and the architecture tests. --fix formats the files instead of complaining; --format
# looks at nothing but that, as ./dev test does.
dev_check() {
  local which=changed format_alone=no status=0 argument
  for argument in "$@"; do
    case "$argument" in
      --all) which=all ;;
      --format) format_alone=yes ;;
      --fix) cpp_files | xargs --no-run-if-empty clang-format-19 -i ;;
      *) wrong_usage check "there is no option '$argument'" ;;
    esac
  done
  check_format || status=1
  if [[ $format_alone == no ]]; then
    check_tidy "$which" || status=1
    check_architecture || status=1
  fi
  ((status == 0)) || fail "check found something to mend"
  echo "all in order"
}
