# Looking for what is missing on this machine.

readonly DISK_GIGABYTES_WANTED=6

problems=0

good() { printf '  ok       %s\n' "$*"; }

# bad WHAT HOW_TO_MEND
bad() {
  printf '  MISSING  %s\n           %s\n' "$1" "$2"
  problems=$((problems + 1))
}

# at_least HAVE WANTED: compares versions.
at_least() { [[ $(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1) == "$2" ]]; }

# check_tool NAME COMMAND WANTED_VERSION ARGUMENT_THAT_PRINTS_IT
check_tool() {
  local version
  if ! command -v "$2" >/dev/null; then
    bad "$1 is not installed" "./dev setup installs it"
    return
  fi
  version=$("$2" "$4" 2>/dev/null | grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)?' | head -n 1 || true)
  if at_least "$version" "$3"; then
    good "$1 $version"
  else
    bad "$1 is $version; $3 is the least that will do" "the tree is built on Debian 12"
  fi
}

check_tools() {
  check_tool g++ g++ 12 --version
  check_tool CMake cmake 3.25 --version
  check_tool Ninja ninja 1.11 --version
  check_tool mold mold 1.10 --version
  check_tool ccache ccache 4.7 --version
  check_tool clang-tidy clang-tidy-19 19 --version
  check_tool clang-format clang-format-19 19 --version
  check_tool Node node 18 --version
  check_tool Chromium chromium 100 --version
  local -a packages
  mapfile -t packages < <(missing_packages)
  if ((${#packages[@]} == 0)); then
    good "all packages of scripts/apt-packages.txt"
  else
    bad "packages: ${packages[*]}" "./dev setup installs them"
  fi
}

# The tests start a PostgreSQL of their own, which refuses to run as root.
check_postgres() {
  local -a servers
  mapfile -t servers < <(compgen -G '/usr/lib/postgresql/*/bin/initdb' || true)
  if ((${#servers[@]} == 0)); then
    bad "PostgreSQL's server is not installed" "./dev setup installs it"
  elif [[ $(id -u) == 0 ]] && ! id postgres >/dev/null 2>&1; then
    bad "there is no user postgres, and initdb refuses root" "apt-get install --reinstall postgresql-common"
  else
    good "PostgreSQL $(basename "$(dirname "$(dirname "${servers[-1]}")")")"
  fi
}

check_port() {
  if (exec 3<>/dev/tcp/127.0.0.1/8080) 2>/dev/null; then
    bad "port 8080 is taken" "./dev run --port 0 takes a free one"
  else
    good "port 8080 is free"
  fi
}

check_disk() {
  local free
  free=$(df --output=avail --block-size=G . | tail -n 1 | tr -dc 0-9)
  if ((free >= DISK_GIGABYTES_WANTED)); then
    good "$free GB of disk are free"
  else
    bad "only $free GB of disk are free" "a build with its tests needs $DISK_GIGABYTES_WANTED GB"
  fi
}

# The settings that precompiled headers need come with the build (cmake/toolchain.cmake).
check_ccache() {
  local folder size
  command -v ccache >/dev/null || return 0
  folder=$(ccache --get-config cache_dir)
  size=$(ccache --get-config max_size)
  if mkdir -p "$folder" 2>/dev/null && [[ -w $folder ]]; then
    good "ccache keeps up to ${size:-5.0G} in $folder"
  else
    bad "ccache cannot write to $folder" "set CCACHE_DIR to a folder of yours"
  fi
}

# usage: ./dev doctor
#
# Checks tools and their versions, PostgreSQL, the port, the disk and ccache, and says how to
# mend what is missing.
dev_doctor() {
  (($# == 0)) || wrong_usage doctor "it takes no arguments"
  check_tools
  check_postgres
  check_port
  check_disk
  check_ccache
  ((problems == 0)) || fail "$problems to mend"
}
