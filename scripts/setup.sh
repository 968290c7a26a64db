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

# The folders of tests that take packages from npm.
readonly NPM_FOLDERS="tests/browser tests/gateways/peers"

setup_npm() {
  local folder
  for folder in $NPM_FOLDERS; do
    [[ -f $folder/package-lock.json ]] || continue
    # npm writes this file last; it is older than ours when the wanted versions have changed.
    [[ $folder/node_modules/.package-lock.json -nt $folder/package-lock.json ]] && continue
    say "installing packages of tests (npm, $folder)"
    npm ci --prefix "$folder" --no-audit --no-fund --loglevel=error </dev/null || return 1
  done
}

# usage: ./dev setup
#
# Installs the packages of scripts/apt-packages.txt (with sudo when you are not root) and those of
# package-lock.json in tests/browser and tests/gateways/peers. Does nothing, quickly, where all is
# there already.
dev_setup() {
  (($# == 0)) || wrong_usage setup "it takes no arguments"
  setup_apt
  setup_npm
}
