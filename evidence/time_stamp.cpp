#include "evidence/time_stamp.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <chrono>
#include <cstring>
#include <ctime>
#include <memory>

#include "core/error.h"

namespace reelprint::evidence {
namespace {

template <auto Free>
struct Freed {
  template <class Handle>
  void operator()(Handle* handle) const noexcept {
    Free(handle);
  }
};
using Request = std::unique_ptr<TS_REQ, Freed<TS_REQ_free>>;
using Response = std::unique_ptr<TS_RESP, Freed<TS_RESP_free>>;
using Imprint = std::unique_ptr<TS_MSG_IMPRINT, Freed<TS_MSG_IMPRINT_free>>;
using Algorithm = std::unique_ptr<X509_ALGOR, Freed<X509_ALGOR_free>>;
using Number = std::unique_ptr<ASN1_INTEGER, Freed<ASN1_INTEGER_free>>;
using Checks = std::unique_ptr<TS_VERIFY_CTX, Freed<TS_VERIFY_CTX_free>>;
using Store = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Names = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;
using BigNumber = std::unique_ptr<BIGNUM, Freed<BN_free>>;

void expect(bool is_well, const char* doing) {
  if (!is_well) throw Error(ErrorCode::io, std::string(doing) + ": libcrypto refused");
}

/// The reasons that OpenSSL has noted, which are then forgotten.
std::string noted_reasons() {
  std::string reasons;
  while (const unsigned long code = ERR_get_error()) {
    const char* reason = ERR_reason_error_string(code);
    if (reason == nullptr) continue;
    if (!reasons.empty()) reasons += ", ";
    reasons += reason;
  }
  return reasons.empty() ? "it does not fit" : reasons;
}

Imprint imprint_of(const Sha256& digest) {
  Imprint imprint(TS_MSG_IMPRINT_new());
  const Algorithm algorithm(X509_ALGOR_new());
  expect(imprint && algorithm, "make a time stamp request");
  X509_ALGOR_set_md(algorithm.get(), EVP_sha256());
  auto bytes = digest.bytes;
  expect(TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
             TS_MSG_IMPRINT_set_msg(imprint.get(), bytes.data(), static_cast<int>(bytes.size())) == 1,
         "make a time stamp request");
  return imprint;
}

Number random_nonce() {
  std::array<unsigned char, 8> bytes{};
  expect(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1, "draw a nonce");
  bytes[0] |= 0x40;  // never zero, never negative
  bytes[0] &= 0x7F;
  const BigNumber number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  Number nonce(BN_to_ASN1_INTEGER(number.get(), nullptr));
  expect(nonce != nullptr, "draw a nonce");
  return nonce;
}

template <class Handle, class Parse>
Handle parsed(std::string_view der, const Parse& parse) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const auto* const end = at + der.size();
  Handle handle(parse(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  return at == end ? std::move(handle) : nullptr;
}

std::string text_of(const Memory& memory) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &bytes);
  return size > 0 ? std::string(bytes, static_cast<std::size_t>(size)) : std::string();
}

/// ASN.1 GeneralizedTime as RFC 3161 has it, with fractions of a second.
std::optional<WallTime> time_of(const ASN1_GENERALIZEDTIME* time) {
  std::string text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(time)),
                   static_cast<std::size_t>(ASN1_STRING_length(time)));
  if (text.size() < 15 || text.back() != 'Z') return std::nullopt;
  const auto part = [&](std::size_t from, std::size_t count) { return text.substr(from, count); };
  return wall_time_of(part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(8, 2) + ":" +
                      part(10, 2) + ":" + part(12, std::string::npos));
}

std::string subject_of(X509* certificate) {
  const Memory memory(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(memory.get(), X509_get_subject_name(certificate), 0,
                     XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
  return text_of(memory);
}

std::string policy_of(TS_TST_INFO* info) {
  std::array<char, 128> text{};
  const int size =
      OBJ_obj2txt(text.data(), static_cast<int>(text.size()), TS_TST_INFO_get_policy_id(info), 1);
  return size > 0 ? std::string(text.data()) : std::string();
}

std::string serial_of(TS_TST_INFO* info) {
  const BigNumber number(ASN1_INTEGER_to_BN(TS_TST_INFO_get_serial(info), nullptr));
  char* const hex = number ? BN_bn2hex(number.get()) : nullptr;
  const std::string text = hex != nullptr ? hex : "";
  OPENSSL_free(hex);
  return text;
}

/// The certificate of whoever signed the token, as enclosed; valid as long as the token.
X509* signer_of(PKCS7* token) {
  STACK_OF(X509)* const signers = PKCS7_get0_signers(token, nullptr, 0);
  X509* const signer = signers != nullptr && sk_X509_num(signers) == 1 ? sk_X509_value(signers, 0) : nullptr;
  sk_X509_free(signers);
  return signer;
}

/// Whether the enclosed certificate's key signed the token; who that is, is asked elsewhere.
bool is_signature_good(PKCS7* token) {
  const Memory content(BIO_new(BIO_s_mem()));
  return PKCS7_verify(token, nullptr, nullptr, nullptr, content.get(), PKCS7_NOVERIFY) == 1;
}

/// Whether the token names no authority, or the one of its signer's certificate (RFC 3161, section 2.4.2).
bool is_name_good(TS_TST_INFO* info, X509* signer) {
  GENERAL_NAME* const name = TS_TST_INFO_get_tsa(info);
  if (name == nullptr) return true;
  if (name->type == GEN_DIRNAME && X509_NAME_cmp(name->d.dirn, X509_get_subject_name(signer)) == 0)
    return true;
  const Names others(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(signer, NID_subject_alt_name, nullptr, nullptr)));
  bool is_other = false;
  for (int i = 0; others && i < sk_GENERAL_NAME_num(others.get()); ++i)
    is_other = is_other || GENERAL_NAME_cmp(sk_GENERAL_NAME_value(others.get(), i), name) == 0;
  return is_other;
}

std::string imprint_refusal(TS_TST_INFO* info, const Sha256& digest) {
  TS_MSG_IMPRINT* const imprint = TS_TST_INFO_get_msg_imprint(info);
  const X509_ALGOR* const algorithm = TS_MSG_IMPRINT_get_algo(imprint);
  const ASN1_OBJECT* name = nullptr;
  X509_ALGOR_get0(&name, nullptr, nullptr, algorithm);
  const ASN1_OCTET_STRING* const bytes = TS_MSG_IMPRINT_get_msg(imprint);
  if (OBJ_obj2nid(name) != NID_sha256) return "it is not over a SHA-256";
  const bool is_same =
      ASN1_STRING_length(bytes) == static_cast<int>(digest.bytes.size()) &&
      std::memcmp(ASN1_STRING_get0_data(bytes), digest.bytes.data(), digest.bytes.size()) == 0;
  return is_same ? "" : "it is over another digest";
}

Store store_of(const std::string& authorities, WallTime at) {
  Store store(X509_STORE_new());
  const Memory memory(BIO_new_mem_buf(authorities.data(), static_cast<int>(authorities.size())));
  expect(store && memory, "read certificates");
  std::size_t count = 0;
  while (const Certificate one{PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr)}) {
    expect(X509_STORE_add_cert(store.get(), one.get()) == 1, "read certificates");
    ++count;
  }
  ERR_clear_error();
  if (count == 0)
    throw Error(ErrorCode::invalid_input, "read the authority's certificates: there is none in PEM");
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), std::chrono::system_clock::to_time_t(at));
  return store;
}

/// "" when the chain is good.
std::string chain_refusal(PKCS7* token, Store store) {
  X509* signer = nullptr;
  const bool is_good = TS_RESP_verify_signature(token, nullptr, store.get(), &signer) == 1;
  X509_free(signer);
  return is_good ? "" : noted_reasons();
}

/// Fills in what a granted token says; its refusal stays when there is something wrong with it.
void examine_token(TimeStampFindings& findings, TS_RESP* response, const Sha256& digest) {
  PKCS7* const token = TS_RESP_get_token(response);
  TS_TST_INFO* const info = TS_RESP_get_tst_info(response);
  const auto at = time_of(TS_TST_INFO_get_time(info));
  X509* const signer = signer_of(token);
  findings.serial = serial_of(info);
  findings.policy = policy_of(info);
  findings.refusal = imprint_refusal(info, digest);
  if (!at)
    findings.refusal = "its time is none";
  else
    findings.at = *at;
  if (signer != nullptr) findings.authority = subject_of(signer);
  if (!findings.refusal.empty()) return;
  if (signer == nullptr)
    findings.refusal = "the certificate of its signer is not enclosed";
  else if (!is_name_good(info, signer))
    findings.refusal = "it names another authority than the certificate of its signer";
  else if (!is_signature_good(token))
    findings.refusal = "its signature does not fit: " + noted_reasons();
}

}  // namespace

std::string time_stamp_request(const Sha256& digest) {
  const Request request(TS_REQ_new());
  const Number nonce = random_nonce();
  const Imprint imprint = imprint_of(digest);
  expect(request && TS_REQ_set_version(request.get(), 1) == 1 &&
             TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 &&
             TS_REQ_set_nonce(request.get(), nonce.get()) == 1 && TS_REQ_set_cert_req(request.get(), 1) == 1,
         "make a time stamp request");
  unsigned char* bytes = nullptr;
  const int size = i2d_TS_REQ(request.get(), &bytes);
  expect(size > 0, "make a time stamp request");
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

void check_answer(std::string_view request, std::string_view response) {
  const auto asked = parsed<Request>(request, d2i_TS_REQ);
  const auto answer = parsed<Response>(response, d2i_TS_RESP);
  if (!asked || !answer) throw Error(ErrorCode::io, "ask for a time stamp: the answer is no TimeStampResp");
  const Checks checks(TS_REQ_to_TS_VERIFY_CTX(asked.get(), nullptr));
  expect(checks != nullptr, "check a time stamp");
  // The chain is asked of whoever verifies; here it matters that the answer is to this request. OpenSSL's own
  // choice of checks follows the chain of every token that names its authority.
  (void)TS_VERIFY_CTX_set_flags(checks.get(), TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_NONCE);
  const bool is_answer = TS_RESP_verify_response(checks.get(), answer.get()) == 1;
  const std::string why = is_answer ? "" : noted_reasons();
  if (!is_answer) throw Error(ErrorCode::io, "ask for a time stamp: the answer is refused: " + why);
  PKCS7* const token = TS_RESP_get_token(answer.get());
  if (signer_of(token) == nullptr || !is_signature_good(token))
    throw Error(ErrorCode::io, "ask for a time stamp: the answer is not signed by an enclosed certificate");
}

TimeStampFindings examine_time_stamp(std::string_view response, const Sha256& digest,
                                     const std::optional<std::string>& authorities) {
  TimeStampFindings findings;
  const auto answer = parsed<Response>(response, d2i_TS_RESP);
  if (!answer) {
    findings.refusal = "it is no TimeStampResp";
    return findings;
  }
  if (TS_RESP_get_token(answer.get()) == nullptr || TS_RESP_get_tst_info(answer.get()) == nullptr) {
    findings.refusal = "it grants nothing";
    return findings;
  }
  examine_token(findings, answer.get(), digest);
  if (authorities && findings.refusal.empty())
    findings.chain_refusal =
        chain_refusal(TS_RESP_get_token(answer.get()), store_of(*authorities, findings.at));
  return findings;
}

}  // namespace reelprint::evidence
