# SPDX-License-Identifier: GPL-3.0-or-later
# How Sluice declares its libraries, programs and tests: one static library a folder, so that a change
# rebuilds little and a folder can only see what it links.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF) # there are none, and scanning doubles the work and blinds ccache
set(CMAKE_AUTOMOC ON)
set(CMAKE_AUTORCC ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

add_library(sluice_compile_options INTERFACE)
target_compile_features(sluice_compile_options INTERFACE cxx_std_23)
target_compile_options(sluice_compile_options INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow
    # GCC 14 at -O2 suspects every moved std::expected that holds an optional.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
    $<$<BOOL:${SLUICE_WERROR}>:-Werror>)
if(SLUICE_SANITIZE)
    # Plain, because a list like address,undefined cannot stand in a generator expression.
    target_compile_options(sluice_compile_options INTERFACE -fsanitize=${SLUICE_SANITIZE}
        -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(sluice_compile_options INTERFACE -fsanitize=${SLUICE_SANITIZE})
endif()
target_compile_definitions(sluice_compile_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CONTEXTLESS_CONNECT QT_NO_FOREACH
    QT_NO_URL_CAST_FROM_STRING QT_DISABLE_DEPRECATED_UP_TO=0x060800
    QT_MESSAGELOGCONTEXT)
target_include_directories(sluice_compile_options INTERFACE "${CMAKE_SOURCE_DIR}")

# sluice_add_core(<folder> SOURCES … [LINK …] [PRIVATE_LINK …]): the library sluice_<folder>, alias sluice::<folder>.
function(sluice_add_core folder)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
    add_library(sluice_${folder} STATIC ${arg_SOURCES})
    add_library(sluice::${folder} ALIAS sluice_${folder})
    target_link_libraries(sluice_${folder} PUBLIC Qt6::Core sluice_compile_options ${arg_LINK}
                                           PRIVATE ${arg_PRIVATE_LINK})
endfunction()

# sluice_add_ui(<folder> SOURCES … [LINK …] [PRIVATE_LINK …]): the library sluice_ui_<folder>, alias sluice::ui_<folder>.
function(sluice_add_ui folder)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
    add_library(sluice_ui_${folder} STATIC ${arg_SOURCES})
    add_library(sluice::ui_${folder} ALIAS sluice_ui_${folder})
    target_link_libraries(sluice_ui_${folder} PUBLIC Qt6::Widgets sluice_compile_options ${arg_LINK}
                                              PRIVATE ${arg_PRIVATE_LINK})
endfunction()

# sluice_add_test(<tst_name> SOURCES … LINK … [SERVER] [LABELS …]): a Qt Test program, offscreen. SERVER: it needs
# the PostgreSQL cluster of this ctest run (fixture `cluster`, see tests/support/cluster.h).
function(sluice_add_test name)
    cmake_parse_arguments(arg "SERVER" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 180)
    endif()
    if(SLUICE_SANITIZE)
        math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 4")
    endif()
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE Qt6::Test sluice_compile_options ${arg_LINK})
    # Qt 6.8's own QTRY_* macros narrow; options of a source come after the interface's.
    set_source_files_properties(${arg_SOURCES} PROPERTIES COMPILE_OPTIONS -Wno-conversion)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests/bin")
    target_compile_definitions(${name} PRIVATE SLUICE_TEST_DATA="${CMAKE_CURRENT_SOURCE_DIR}"
                               SLUICE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;XDG_CONFIG_HOME=${CMAKE_BINARY_DIR}/tests/xdg/${name}/config;XDG_DATA_HOME=${CMAKE_BINARY_DIR}/tests/xdg/${name}/data;XDG_STATE_HOME=${CMAKE_BINARY_DIR}/tests/xdg/${name}/state;XDG_CACHE_HOME=${CMAKE_BINARY_DIR}/tests/xdg/${name}/cache")
    if(arg_SERVER)
        target_link_libraries(${name} PRIVATE sluice::testsupport)
        set_tests_properties(${name} PROPERTIES FIXTURES_REQUIRED cluster)
    endif()
    if(arg_LABELS)
        set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}")
    endif()
    if("threads" IN_LIST arg_LABELS)
        if(NOT TARGET tests_of_threads)
            add_custom_target(tests_of_threads) # all that the preset tsan has to build
        endif()
        add_dependencies(tests_of_threads ${name})
    endif()
endfunction()
