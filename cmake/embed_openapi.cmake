# cmake -DOUTPUT=FILE -DFRAGMENTS=a.json|b.json -P embed_openapi.cmake: the fragments' bytes as a C++ source.
string(REPLACE "|" ";" fragments "${FRAGMENTS}")
set(code "#include \"api/openapi_fragments.h\"\n\n#include <array>\n\nnamespace reelprint::api {\nnamespace {\n\n")
set(names "")
foreach(fragment IN LISTS fragments)
  get_filename_component(name "${fragment}" NAME_WE)
  file(READ "${fragment}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND code "constexpr unsigned char k_${name}[] = {${bytes}};\n")
  string(APPEND names "    Fragment{\"${name}\", std::string_view(reinterpret_cast<const char*>(k_${name}), sizeof k_${name})},\n")
endforeach()
string(APPEND code "\n}  // namespace\n\nstd::span<const Fragment> openapi_fragments() {\n"
  "  static const std::array all{\n${names}  };\n  return all;\n}\n\n}  // namespace reelprint::api\n")
file(WRITE "${OUTPUT}" "${code}")
