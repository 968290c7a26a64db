# Installing what the tree needs.

missing_packages() {
  local package state
  sed 's/#.*//; s/[[:space:]]*$//; /^$/d' scripts/apt-packages.txt | while read -r package; do
    # A node that came some other way than by apt brings its own npm.
    case "$package" in
      nodejs | npm) ! command -v "${package/nodejs/node}" >/dev/null || continue ;;
    esac
    state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [[ $state == installed ]] || echo "$package"
  done
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --quiet --no-install-recommends "$@" </dev/null
}

setup_apt() {
  command -v apt-get >/dev/null ||
    fail "no apt-get here: the tree is built on Debian 12; install scripts/apt-packages.txt yourself"
  local -a packages
  mapfile -t packages < <(missing_packages)
  if ((${#packages[@]} == 0)); then
    return
  fi
  say "installing ${#packages[@]} packages: ${packages[*]}"
  # The lists of a fresh machine are empty or old: ask for new ones only then.
  apt-cache show "${packages[@]}" >/dev/null 2>&1 && apt_install "${packages[@]}" && return
  as_root apt-get update --quiet </dev/null
  apt_install "${packages[@]}"
}

setup_npm() {
  [[ -f tests/browser/package-lock.json ]] || return 0
  # npm writes this file last; it is older than ours when the wanted versions have changed.
  if [[ tests/browser/node_modules/.package-lock.json -nt tests/browser/package-lock.json ]]; then
    return
  fi
  say "installing the browser tests' packages (npm, tests/browser)"
  npm ci --prefix tests/browser --no-audit --no-fund --loglevel=error </dev/null
}

# usage: ./dev setup
#
# Installs the packages of scripts/apt-packages.txt (with sudo when you are not root) and those of
# tests/browser/package-lock.json. Does nothing, quickly, where all is there already.
dev_setup() {
  (($# == 0)) || wrong_usage setup "it takes no arguments"
  setup_apt
  setup_npm
}
