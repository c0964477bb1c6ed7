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
    "${CCACHE_PROGRAM}")
endif()

# reelprint_folder(NAME SOURCES ... DEPENDS ... PRIVATE ...): the library of one folder.
# DEPENDS are other folders; PRIVATE are third-party libraries, which never show in its headers.
function(reelprint_folder name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
  add_library(reelprint_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(reelprint_${name} PUBLIC reelprint_flags)
  foreach(dependency IN LISTS ARG_DEPENDS)
    target_link_libraries(reelprint_${name} PUBLIC reelprint_${dependency})
  endforeach()
  target_link_libraries(reelprint_${name} PRIVATE ${ARG_PRIVATE})
endfunction()
