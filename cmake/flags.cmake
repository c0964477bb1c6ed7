# The one place where compiler flags live: every target links reelprint_flags.
add_library(reelprint_flags INTERFACE)
target_compile_features(reelprint_flags INTERFACE cxx_std_20)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
target_compile_options(reelprint_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -fno-omit-frame-pointer)
# At -O3 GCC 12 sees overlaps in "literal" + string (its bug 105651) and empty std::optionals as uninitialised; the dev
# preset keeps both warnings.
target_compile_options(reelprint_flags INTERFACE
  $<$<CONFIG:Release>:-Wno-restrict> $<$<CONFIG:Release>:-Wno-maybe-uninitialized>)
target_include_directories(reelprint_flags INTERFACE "${CMAKE_SOURCE_DIR}" "${CMAKE_BINARY_DIR}/generated")

# A target with the property REELPRINT_PLAIN is compiled as if there were no sanitizers.
if(REELPRINT_SANITIZE)
  set(plain $<BOOL:$<TARGET_PROPERTY:REELPRINT_PLAIN>>)
  target_compile_options(reelprint_flags INTERFACE
    $<$<NOT:${plain}>:-fsanitize=${REELPRINT_SANITIZE}> $<$<NOT:${plain}>:-fno-sanitize-recover=all>)
  target_compile_definitions(reelprint_flags INTERFACE $<$<NOT:${plain}>:REELPRINT_SANITIZED>)
  target_link_options(reelprint_flags INTERFACE -fsanitize=${REELPRINT_SANITIZE})
endif()
if(REELPRINT_FUZZ)
  target_compile_options(reelprint_flags INTERFACE -fsanitize-coverage=trace-pc,trace-cmp)
endif()
# GCC's choice among a function's clones is made while the program is loaded, before ThreadSanitizer is ready for code that
# it has instrumented: the program crashes at its start. One version of each will do there.
if(REELPRINT_SANITIZE MATCHES thread)
  target_compile_options(reelprint_flags INTERFACE "-Dtarget_clones(...)=hot")
endif()

# Paths are cached relative to the build folder, so that presets, clones and worktrees share what compiles alike.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_NOHASHDIR=true "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}"
    "CCACHE_SLOPPINESS=pch_defines,time_macros" "${CCACHE_PROGRAM}")
endif()

# The headers that most sources include: half of the time that compiling one takes. Sources name what they use all the
# same; `make lint` looks at them without this.
option(REELPRINT_PCH "Precompile the standard headers" ON)
set(REELPRINT_COMMON_HEADERS
  <algorithm> <array> <charconv> <chrono> <cmath> <cstddef> <cstdint> <filesystem> <functional> <limits> <map> <memory>
  <mutex> <optional> <span> <stop_token> <string> <string_view> <system_error> <utility> <vector>)
if(REELPRINT_PCH)
  # ccache takes a source with a precompiled header only so.
  target_compile_options(reelprint_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()

# reelprint_precompile(TARGET OWNER [HEADERS ...]): TARGET takes the precompiled headers of OWNER. Where that is TARGET
# itself they are the common ones and HEADERS. GCC wants the same flags of both, and warns (-Winvalid-pch) where they
# differ.
function(reelprint_precompile target owner)
  if(REELPRINT_PCH AND target STREQUAL owner)
    target_precompile_headers(${target} PRIVATE ${REELPRINT_COMMON_HEADERS} ${ARGN})
  elseif(REELPRINT_PCH)
    target_precompile_headers(${target} REUSE_FROM ${owner})
  endif()
endfunction()

# reelprint_folder(NAME SOURCES ... DEPENDS ... PRIVATE ... [OWN_FLAGS]): the library of one folder.
# DEPENDS are other folders; PRIVATE are third-party libraries, which never show in its headers. OWN_FLAGS says that
# these bring flags of the compiler along, so that core's precompiled headers do not fit.
function(reelprint_folder name)
  cmake_parse_arguments(ARG "OWN_FLAGS" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
  add_library(reelprint_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(reelprint_${name} PUBLIC reelprint_flags)
  foreach(dependency IN LISTS ARG_DEPENDS)
    target_link_libraries(reelprint_${name} PUBLIC reelprint_${dependency})
  endforeach()
  target_link_libraries(reelprint_${name} PRIVATE ${ARG_PRIVATE})
  if(ARG_OWN_FLAGS)
    reelprint_precompile(reelprint_${name} reelprint_${name})
  else()
    reelprint_precompile(reelprint_${name} reelprint_core)
  endif()
endfunction()
