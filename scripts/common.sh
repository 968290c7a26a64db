# What the other scripts share: how we speak, and how we build.

say() { printf '\n== %s\n' "$*"; }

fail() {
  printf './dev: %s\n' "$*" >&2
  exit 1
}

# wrong_usage COMMAND TEXT
wrong_usage() {
  printf './dev %s: %s\n' "$1" "$2" >&2
  print_command_help "$1" >&2
  exit 2
}

# Runs a command as root: directly, or with sudo.
as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "this needs root: run it as root or install sudo ($*)"
  fi
}

# build_targets PRESET [TARGET...]: configures (a second time is quick) and builds the targets, or
# all.
build_targets() {
  local preset=$1
  shift
  cmake --preset "$preset" >/dev/null || return 1
  ninja -j "$(nproc)" -C "build/$preset" "$@"
}
