# The fuzz targets of tests/fuzz, built by clang alone (preset "fuzz"): libFuzzer belongs to it.
#
# Only what they read with is built: base, json, and of domain and formats the folders below. A
# target is NAME_fuzz; its seeds lie in tests/fuzz/corpus/NAME and, for bank files, in the folders
# of tests/data/bank that the third word names.
set(TELGIRO_FUZZ_FLAGS -fsanitize=address,undefined -fno-sanitize-recover=all
  -fno-omit-frame-pointer)

# telgiro_fuzz(NAME SOURCE [DEFINITION])
function(telgiro_fuzz name source)
  add_executable(${name}_fuzz ${CMAKE_SOURCE_DIR}/tests/fuzz/${source})
  target_include_directories(${name}_fuzz PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_definitions(${name}_fuzz PRIVATE ${ARGN})
  target_link_libraries(${name}_fuzz PRIVATE fuzzed)
  target_link_options(${name}_fuzz PRIVATE -fsanitize=fuzzer)
  set_property(GLOBAL APPEND PROPERTY TELGIRO_FUZZ_TARGETS ${name})
endfunction()

function(telgiro_fuzz_targets)
  set(sources "")
  foreach(folder base support/json domain/bank domain/check domain/contact domain/identity
      domain/intake domain/ledger domain/operator domain/party domain/pricing domain/reference
      formats/bank formats/source)
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${folder}/*.cpp)
    list(APPEND sources ${found})
  endforeach()
  list(FILTER sources EXCLUDE REGEX "_(test|bench)\\.cpp$|/formats/bank/writing/")
  list(APPEND sources ${CMAKE_SOURCE_DIR}/src/domain/billing/invoice.cpp
    ${CMAKE_SOURCE_DIR}/src/domain/billing/profile.cpp
    ${CMAKE_SOURCE_DIR}/src/formats/document/invoice_json.cpp)
  # What clang says of the sources is clang-tidy's to judge.
  add_compile_options(${TELGIRO_FUZZ_FLAGS} -fsanitize=fuzzer-no-link -w)
  add_link_options(-fsanitize=address,undefined)
  add_library(fuzzed STATIC ${sources})
  target_include_directories(fuzzed PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(fuzzed PUBLIC LibXml2::LibXml2 nlohmann_json::nlohmann_json)
  target_precompile_headers(fuzzed PRIVATE ${CMAKE_SOURCE_DIR}/cmake/standard.h)

  # A reader, the name of one of its formats.
  foreach(row autogiro=autogiro bg_old=bg-old bgmax=bgmax camt=camt.053 ktl=ktl mt940=mt940
      norma43=norma43 ocrgiro=ocrgiro pain002=pain.002 tito=tito)
    string(REGEX MATCH "^[^=]+" reader ${row})
    string(REGEX MATCH "[^=]+$" format ${row})
    telgiro_fuzz(${reader} bank_file_fuzz.cpp TELGIRO_FUZZ_FORMAT="${format}")
  endforeach()
  telgiro_fuzz(recognise recognise_fuzz.cpp)
  telgiro_fuzz(source_csv source_file_fuzz.cpp TELGIRO_FUZZ_READER="csv")
  telgiro_fuzz(source_json_lines source_file_fuzz.cpp TELGIRO_FUZZ_READER="json_lines")
  telgiro_fuzz(invoice_json invoice_json_fuzz.cpp)
  telgiro_fuzz(lab_csv lab_csv_fuzz.cpp)

  get_property(targets GLOBAL PROPERTY TELGIRO_FUZZ_TARGETS)
  list(JOIN targets "\n" lines)
  file(WRITE ${CMAKE_BINARY_DIR}/fuzz.txt "${lines}\n")
endfunction()
