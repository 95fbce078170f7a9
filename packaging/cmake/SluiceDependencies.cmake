# SPDX-License-Identifier: GPL-3.0-or-later
# Everything Sluice builds on. Debian 13 has all of it; packaging/debian-packages.txt names the packages.

find_package(Qt6 6.8 REQUIRED COMPONENTS Core Gui Widgets Network PrintSupport Sql Svg Test LinguistTools)
find_package(KF6SyntaxHighlighting 6.0 REQUIRED)
find_package(Qt6Keychain REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)

# FindPostgreSQL wants server headers for its version; pkg-config names the client library's own.
pkg_check_modules(LIBPQ REQUIRED IMPORTED_TARGET "libpq >= 17")

# Manifests and compose files. toml++ is headers alone.
pkg_check_modules(YAMLCPP REQUIRED IMPORTED_TARGET yaml-cpp)
pkg_check_modules(TOMLPLUSPLUS REQUIRED tomlplusplus)

find_path(PG_QUERY_INCLUDE_DIR pg_query.h REQUIRED)
find_library(PG_QUERY_LIBRARY pg_query REQUIRED)
add_library(PgQuery::PgQuery UNKNOWN IMPORTED)
set_target_properties(PgQuery::PgQuery PROPERTIES
    IMPORTED_LOCATION "${PG_QUERY_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${PG_QUERY_INCLUDE_DIR}")

find_path(QSCINTILLA_INCLUDE_DIR Qsci/qsciscintilla.h PATH_SUFFIXES x86_64-linux-gnu/qt6 qt6 REQUIRED
    HINTS "${Qt6Core_DIR}/../../../../include/${CMAKE_LIBRARY_ARCHITECTURE}/qt6")
find_library(QSCINTILLA_LIBRARY qscintilla2_qt6 REQUIRED)
add_library(QScintilla::QScintilla UNKNOWN IMPORTED)
set_target_properties(QScintilla::QScintilla PROPERTIES
    IMPORTED_LOCATION "${QSCINTILLA_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${QSCINTILLA_INCLUDE_DIR}"
    INTERFACE_COMPILE_DEFINITIONS QSCINTILLA_DLL
    INTERFACE_LINK_LIBRARIES Qt6::Widgets)
