# Third-party libraries, all from Debian's packages. Which folder may use which: ARCHITECTURE.md.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto SSL)
find_package(ZLIB REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)

pkg_check_modules(LIBAV REQUIRED IMPORTED_TARGET libavformat>=59 libavcodec>=59 libavutil>=57 libswresample>=4)
pkg_check_modules(CHROMAPRINT REQUIRED IMPORTED_TARGET libchromaprint)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp>=2.5)
pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl>=7.88)
pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET gumbo>=0.10)
pkg_check_modules(EXPAT REQUIRED IMPORTED_TARGET expat>=2.5)
pkg_check_modules(IDN2 REQUIRED IMPORTED_TARGET libidn2>=2.3)
pkg_check_modules(ZIP REQUIRED IMPORTED_TARGET libzip>=1.7)
pkg_check_modules(PANGOCAIRO REQUIRED IMPORTED_TARGET pangocairo>=1.50)
pkg_check_modules(PNG REQUIRED IMPORTED_TARGET libpng>=1.6)

# Debian's faiss-config.cmake names OpenMP::OpenMP_CXX without finding it; and the reference BLAS is an order of
# magnitude slower than OpenBLAS, so it is asked for by name.
find_package(OpenMP REQUIRED)
set(BLA_VENDOR OpenBLAS)
find_package(BLAS REQUIRED)
find_package(LAPACK REQUIRED)
find_package(faiss REQUIRED)

# OpenCV's CMake config ships in libopencv-dev, which drags in some forty packages that nothing here uses;
# its parts are found one by one instead.
find_path(OPENCV_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4 REQUIRED)
foreach(part core imgproc features2d calib3d)
  find_library(OPENCV_${part}_LIBRARY opencv_${part} REQUIRED)
  add_library(opencv_${part} INTERFACE IMPORTED)
  target_link_libraries(opencv_${part} INTERFACE "${OPENCV_${part}_LIBRARY}")
  target_include_directories(opencv_${part} SYSTEM INTERFACE "${OPENCV_INCLUDE_DIR}")
endforeach()

find_package(CLI11 REQUIRED)
