#include "tests/e2e/files.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace reelprint::e2e {

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("read '" + file.string() + "': it does not open");
  return {std::istreambuf_iterator<char>(in), {}};
}

std::filesystem::path write_file(const std::filesystem::path& file, std::string_view bytes) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) throw std::runtime_error("write '" + file.string() + "': it is not taken");
  return file;
}

std::filesystem::path write_copy(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::filesystem::create_directories(to.parent_path());
  std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing);
  return to;
}

}  // namespace reelprint::e2e
