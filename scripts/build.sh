# Building, and what is done with the built program.

# usage: ./dev build [release|dev|asan]
#
# Configures and builds everything with a preset of CMakePresets.json into build/PRESET.
# release (the default) is -O2 with all assertions on: the one that tests and users run.
dev_build() {
  local preset=${1:-release}
  (($# <= 1)) || wrong_usage build "it takes one preset"
  case "$preset" in
    release | dev | asan) ;;
    *) wrong_usage build "there is no preset '$preset'" ;;
  esac
  build_targets "$preset"
}
