#include "tests/support/time_stamp_authority.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace reelprint::test {
namespace {

constexpr const char* kSettings = R"([ req ]
distinguished_name = name
prompt = no
[ name ]
CN = Test authority
[ ca ]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[ stamps ]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[ tsa ]
default_tsa = test
[ test ]
serial = serial
signer_cert = tsa.pem
certs = ca.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
tsa_name = yes
)";

void write(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace

bool has_openssl() {
  return std::system("openssl version > /dev/null 2>&1") == 0;
}

TimeStampAuthority::TimeStampAuthority(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
  write(folder_ / "settings.cnf", kSettings);
  write(folder_ / "serial", "01\n");
  run("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout ca.key -out ca.pem "
      "-config settings.cnf -extensions ca -days 3650 -subj '/CN=Test CA'");
  run("req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout tsa.key -out tsa.csr "
      "-config settings.cnf -subj '/CN=Test time stamps'");
  run("x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -set_serial 7 -days 3650 -extfile settings.cnf "
      "-extensions stamps -out tsa.pem");
}

std::string TimeStampAuthority::answer(const std::string& request) const {
  write(folder_ / "request.tsq", request);
  run("ts -reply -config settings.cnf -section test -queryfile request.tsq -out answer.tsr");
  std::ifstream in(folder_ / "answer.tsr", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void TimeStampAuthority::run(const std::string& arguments) const {
  const std::string command = "cd '" + folder_.string() + "' && openssl " + arguments + " > log 2>&1";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

}  // namespace reelprint::test
