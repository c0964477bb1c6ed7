// The layering of ARCHITECTURE.md as two tables: who may include whom, and which library has which home.
#pragma once

#include <cstddef>
#include <string_view>

namespace reelprint::structure {

/// A folder includes itself and the folders named here, separated by blanks.
struct FolderRule {
  std::string_view folder;
  std::string_view may_include;
};

/// A third-party header whose name begins with `header` belongs to the files whose path begins with one of
/// `homes` (separated by blanks). It stays out of every .h of the layered folders, unless `may_show` there.
struct LibraryRule {
  std::string_view header;
  std::string_view homes;
  bool may_show = false;
};

// clang-format off
inline constexpr FolderRule kFolderRules[] = {
    {"core",        ""},
    {"fingerprint", "core"},  // the stages: strangers to each other
    {"index",       "core"},
    {"crawler",     "core"},
    {"rights",      "core"},
    {"evidence",    "core"},
    {"store",       "core"},
    {"access",      "core"},
    {"jail",        "core"},
    {"pipeline",    "core fingerprint index crawler rights evidence store access jail"},  // the composer
    {"api",         "core access rights store pipeline"},  // the faces
    {"worker",      "core fingerprint jail"},  // the jailed process
    {"app",         "core jail store pipeline api"},
    {"demo",        "core pipeline api"},
};

inline constexpr LibraryRule kLibraryRules[] = {
    {"libav",         "fingerprint/media_decoder.cpp fingerprint/luma_conversion.cpp fingerprint/libav_input."},
    {"libsw",         "fingerprint/media_decoder.cpp fingerprint/luma_conversion.cpp fingerprint/libav_input."},
    {"chromaprint.h", "fingerprint/"},
    {"openssl/",      "fingerprint/sha256.cpp store/audit.cpp store/url_digest.cpp api/http/ crawler/ evidence/"},
    {"opencv2/",      "fingerprint/ index/ evidence/ demo/"},
    {"png.h",         "evidence/frame_png.cpp"},
    {"faiss/",        "index/"},
    {"omp.h",         "index/"},
    {"sqlite3.h",     "store/"},
    {"sodium.h",      "access/ evidence/"},
    {"seccomp.h",     "jail/"},
    {"zlib.h",        "api/http/ crawler/ evidence/"},
    {"gumbo.h",       "crawler/"},
    {"expat.h",       "crawler/"},
    {"iconv.h",       "crawler/"},
    {"idn2.h",        "crawler/"},
    {"zip.h",         "evidence/"},
    {"cairo",         "evidence/"},
    {"pango/",        "evidence/"},
    {"curl/",         "crawler/"},
    {"boost/url",     "crawler/ api/"},
    {"boost/system/", "crawler/ api/"},
    {"boost/asio",    "api/http/"},
    {"boost/beast",   "api/http/"},
    {"boost/json",    "api/ crawler/ evidence/", true},
    {"CLI/",          "app/"},
};
// clang-format on

/// Folders that may include anything of ours and any library: nothing depends on them.
inline constexpr std::string_view kFreeFolders = "tests bench";

/// Folders whose headers nobody else includes, so that all of them are internal.
inline constexpr std::string_view kPrivateHeaderFolders = "demo tests bench";

/// Headers of the operating system and of the processor, welcome in any .cpp and internal .h; a name that
/// ends in "/" is a folder.
inline constexpr std::string_view kSystemHeaders =
    "sys/ linux/ netinet/ arpa/ net/ unistd.h fcntl.h poll.h signal.h pthread.h sched.h spawn.h dirent.h "
    "dlfcn.h "
    "termios.h netdb.h pwd.h immintrin.h cpuid.h arm_neon.h arm_acle.h";

/// Headers that the build writes; they live below no folder of ours.
inline constexpr std::string_view kGeneratedHeaders = "version.h";

/// A longer file is two files.
inline constexpr std::size_t kMaxLines = 500;

}  // namespace reelprint::structure
