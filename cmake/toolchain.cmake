# Compiler settings and the libraries of the system, all from Debian 12.
find_program(TELGIRO_CCACHE ccache)
if(TELGIRO_CCACHE)
  # Settings without which a precompiled header defeats the cache (docs/adr/0003-building.md).
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${TELGIRO_CCACHE})
endif()
find_program(TELGIRO_MOLD mold)
if(TELGIRO_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# Bounds of vectors, strings and spans are checked in every build, as our own CHECKs are.
add_compile_definitions(_GLIBCXX_ASSERTIONS)
add_compile_options(-Wall -Wextra -Wconversion -Wshadow -Werror -fno-plt)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports false positives of these inside its own optional and string at -O2.
  add_compile_options(-fpch-preprocess -Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds)
endif()
if(TELGIRO_ASAN)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(PostgreSQL REQUIRED)
find_package(LibXml2 REQUIRED)
find_package(CURL 7.85 REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(date REQUIRED)
find_package(GTest REQUIRED)
find_package(rapidcheck REQUIRED)
find_package(benchmark REQUIRED)
find_package(pugixml REQUIRED)
# Headers only: named here so that a missing package is said at once.
find_package(Boost REQUIRED)
find_package(CLI11 REQUIRED)
find_package(toml11 REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(lz4 REQUIRED IMPORTED_TARGET liblz4)
find_library(TELGIRO_QRCODEGEN qrcodegencpp REQUIRED)
add_library(PkgConfig::qrcodegen INTERFACE IMPORTED)
target_link_libraries(PkgConfig::qrcodegen INTERFACE ${TELGIRO_QRCODEGEN})

# Papers: shaping and cutting of fonts, packing, and the fonts themselves, which the one binary
# carries (docs/adr/0011-paper.md).
pkg_check_modules(harfbuzz REQUIRED IMPORTED_TARGET harfbuzz harfbuzz-subset)
pkg_check_modules(deflate REQUIRED IMPORTED_TARGET libdeflate)
foreach(font inter/Inter-Regular.otf inter/Inter-SemiBold.otf dejavu/DejaVuSans.ttf)
  get_filename_component(font_name ${font} NAME)
  find_file(TELGIRO_FONT_${font_name} ${font} REQUIRED
    PATHS /usr/share/fonts/opentype /usr/share/fonts/truetype NO_DEFAULT_PATH)
  configure_file(${TELGIRO_FONT_${font_name}} ${CMAKE_BINARY_DIR}/fonts/${font_name} COPYONLY)
endforeach()
