# Skeletons of adapters: a folder with everything, and the one line that makes them known.

# snake_case to PascalCase: fi_ktl to FiKtl.
pascal_case() { sed -E 's/(^|_)([a-z0-9])/\U\2/g' <<<"$1"; }

# fill_in TEMPLATE FOLDER NAME: copies scripts/templates/TEMPLATE to FOLDER and names everything.
fill_in() {
  local template=scripts/templates/$1 folder=$2 name=$3 file target
  local include=${folder#src/}
  find "$template" -type f | sort | while read -r file; do
    target=$folder/${file#"$template/"}
    target=${target//NAME/$name}
    mkdir -p "$(dirname "$target")"
    sed -e "s|NAMESPACE|${include//\//::}|g" -e "s|FOLDER|$include|g" -e "s|NAME|$name|g" \
      -e "s|TYPE|$(pascal_case "$name")|g" "$file" >"$target"
    echo "  $target"
  done
}

# new_adapter TEMPLATE PARENT NAME [REGISTRY]: one with a folder of its own, known by a row of
# PARENT/registry.cpp or of REGISTRY.
new_adapter() {
  local template=$1 parent=$2 name=$3 registry=${4:-$2/registry.cpp} part=${2#src/}
  local folder=$parent/$name
  [[ ! -e $folder ]] || fail "$folder is there already"
  fill_in "$template" "$folder" "$name"
  part=${part%%/*}
  grep -q "^telgiro_library($part " CMakeLists.txt ||
    echo "Add 'telgiro_library($part DEPENDS ports)' to CMakeLists.txt and" \
      "'telgiro_test($part $part)' to cmake/tests.cmake."
  if [[ -f $registry ]]; then
    echo "Add a row for $name to the table in $registry."
  else
    echo "There is no $registry yet: $name is its first row."
  fi
}

# The registry's rows have one form, so the line can be written at once.
new_reference_scheme() {
  local name=$1 type registry=src/domain/reference/registry.cpp
  type=$(pascal_case "$name")
  [[ ! -e src/domain/reference/$name.h ]] || fail "src/domain/reference/$name.h is there already"
  fill_in reference-scheme src/domain/reference "$name"
  sed -i -e "s|^#include \"domain/reference/scheme_functions.h\"|#include \"domain/reference/$name.h\"\n&|" \
    -e "/^    {\"plain\", /i\    {\"$name\", \"$type\", check<$type>, make<$type>, kPayment}," "$registry"
  clang-format-19 -i "$registry"
  echo "  $registry (a row for $name)"
}

new_country() {
  local code=$1
  [[ $code =~ ^[a-z]{2}$ ]] || fail "a country is two small letters, like se"
  [[ ! -e countries/$code ]] || fail "countries/$code is there already"
  fill_in country "countries/$code" "$code"
  echo "Add \"$code\" to kShippedCountries in src/formats/law/: the tests there then ask for its rules."
}

# usage: ./dev new KIND NAME
#
# KIND is bank-format, einvoice-format, accounting-format, channel, gateway, reference-scheme or
# country; NAME is snake_case (of a country its two letters). Makes the files, with a test that
# fails until they do what they should, and says which line of which registry makes them known.
dev_new() {
  (($# == 2)) || wrong_usage new "it takes a kind and a name"
  local kind=$1 name=$2
  [[ $name =~ ^[a-z][a-z0-9_]*$ ]] || wrong_usage new "'$name' is no snake_case name"
  case "$kind" in
    bank-format) new_adapter bank-format src/formats/bank "$name" ;;
    einvoice-format) new_adapter format src/formats/einvoice "$name" ;;
    accounting-format) new_adapter format src/formats/accounting "$name" ;;
    channel) new_adapter carrier src/channels "$name" ;;
    gateway) new_adapter carrier src/gateways/psp "$name" src/gateways/registry.cpp ;;
    reference-scheme) new_reference_scheme "$name" ;;
    country) new_country "$name" ;;
    *) wrong_usage new "there is no kind '$kind'" ;;
  esac
}
