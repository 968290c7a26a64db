# Running other programs, for tests that need nothing else of tests/support, which needs storage.
function(telgiro_use_processes target)
  target_sources(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests/support/program.cpp
                                   ${CMAKE_SOURCE_DIR}/tests/support/temporary_folder.cpp)
endfunction()

# The test binaries, one an area, and what each links.
function(telgiro_tests)
  file(GLOB_RECURSE support CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/support/*.cpp)
  if(support)
    add_library(test_support STATIC ${support})
    target_include_directories(test_support PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/src)
    target_compile_definitions(test_support PRIVATE
      TELGIRO_SOURCE_DIR="${CMAKE_SOURCE_DIR}" TELGIRO_BINARY_DIR="${CMAKE_BINARY_DIR}")
    # Fresh databases and the like: no more than storage, so that a part's tests need only it.
    target_link_libraries(test_support PUBLIC storage PRIVATE GTest::gtest)
  else()
    add_library(test_support INTERFACE)
  endif()
  telgiro_test(base base rapidcheck)
  telgiro_test(domain domain support_json rapidcheck)
  telgiro_test(support/crypto support_crypto)
  telgiro_test(support/json support_json)
  telgiro_test(support/locale support_locale)
  telgiro_test(support/config support_config)
  telgiro_test(support/observe support_observe)
  telgiro_test(support/pack support_pack)
  telgiro_test(support/http support_http)
  if(TARGET support_http_test)
    telgiro_use_processes(support_http_test)
  endif()
  telgiro_test(gateways gateways channels support_http)
  if(TARGET gateways_test)
    telgiro_use_processes(gateways_test)
  endif()
  telgiro_test(formats formats support_config)
  telgiro_test(storage storage test_support)
  telgiro_test(flows flows test_support support_config)
  telgiro_test(web web test_support support_config)
  if(TARGET web_test)
    target_sources(web_test PRIVATE ${CMAKE_SOURCE_DIR}/tests/flows/aurora.cpp
                                    ${CMAKE_SOURCE_DIR}/tests/flows/bad_provider.cpp
                                    ${CMAKE_SOURCE_DIR}/tests/flows/payment_world.cpp
                                    ${CMAKE_SOURCE_DIR}/tests/flows/statement_file.cpp)
  endif()
  telgiro_test(app app test_support)
  telgiro_test(architecture)
  telgiro_test(dev test_support)
  telgiro_test(scenarios flows support_config test_support)
  if(TARGET scenarios_test)
    target_sources(scenarios_test PRIVATE ${CMAKE_SOURCE_DIR}/tests/flows/aurora.cpp)
  endif()
  # The product on a virtual clock and a database that fails: what crash_test kills.
  telgiro_program(telgiro_under_test tests/program/main.cpp DEPENDS app test_support)
  telgiro_test(crash app test_support)
  if(TARGET crash_test)
    add_dependencies(crash_test telgiro_under_test)
  endif()
  # The command line as a whole, as processes.
  telgiro_test(commands app test_support)
  if(TARGET commands_test)
    add_dependencies(commands_test telgiro_under_test telgiro)
  endif()
  # Writes the bill page in every state, for the browser tests.
  telgiro_program(bill_page_fixture tests/browser/fixture/bill_page_fixture.cpp
    DEPENDS web test_support)
  # Writes sample papers as files, to be looked at.
  telgiro_program(paper_fixture tests/paper/paper_fixture.cpp DEPENDS flows)
  target_include_directories(paper_fixture PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_definitions(paper_fixture PRIVATE
    TELGIRO_SOURCE_DIR="${CMAKE_SOURCE_DIR}" TELGIRO_BINARY_DIR="${CMAKE_BINARY_DIR}")
  telgiro_list_tests()
  telgiro_bench(app test_support LibXml2::LibXml2 pugixml::pugixml)
endfunction()
