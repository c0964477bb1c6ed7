#include "fingerprint/libav_input.h"

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#include "fingerprint/media_clock.h"

namespace reelprint::fingerprint {
namespace {

// The containers that uploads come in. All others are refused, above all those that open further files:
// playlists, concat lists, session descriptions, numbered pictures.
constexpr const char* kContainers =
    "mov,matroska,mpegts,mpeg,mpegvideo,flv,live_flv,kux,avi,gif,asf,ogg,h264,hevc,m4v,ivf,obu,mjpeg,dv,mxf,"
    "nut,rm,"
    "wtv,apng,vc1,aac,ac3,amr,flac,mp3,wav";
constexpr const char* kPictures = ",jpeg_pipe,png_pipe,webp_pipe";
constexpr const char* kMostProbedPixels =
    "67108864";                                // 8192²: bounds what guessing a stream's parameters allocates
constexpr int kReadBytes = 1 << 15;            // as libav's own reader of files takes
constexpr std::size_t kMostReadFailures = 64;  // in a row
constexpr int kNotMoving = AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS;

class Options {
 public:
  Options() = default;
  ~Options() { av_dict_free(&options_); }
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;

  void set(const char* name, const char* value) { av_dict_set(&options_, name, value, 0); }
  [[nodiscard]] AVDictionary** out() { return &options_; }

 private:
  AVDictionary* options_ = nullptr;
};

std::string reason_of(int error) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(error, text.data(), text.size());
  return text.data();
}

int is_interrupted(void* input) {
  return static_cast<const LibavInput*>(input)->is_stopped() ? 1 : 0;
}

int refuse_to_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}

bool has_entry(const AVDictionary* metadata, const char* name) {
  return av_dict_get(metadata, name, nullptr, 0) != nullptr;
}

/// What can be told before the first packet: FairPlay, encrypted Matroska, Windows Media DRM. Common
/// encryption shows on the packets.
bool is_encrypted(const AVFormatContext& format, const AVStream& stream) {
  constexpr auto kEncrypted = MKTAG('e', 'n', 'c', 'v');
  constexpr auto kFairPlay = MKTAG('d', 'r', 'm', 'i');
  const auto tag = stream.codecpar->codec_tag;
  return tag == kEncrypted || tag == kFairPlay || has_entry(stream.metadata, "enc_key_id") ||
         has_entry(format.metadata, "ASF_Protection_Type");
}

auto rank_of(const AVStream& stream) {
  const AVCodecParameters& codec = *stream.codecpar;
  return std::tuple(avcodec_find_decoder(codec.codec_id) != nullptr,
                    (stream.disposition & AV_DISPOSITION_DEFAULT) != 0,
                    std::int64_t{codec.width} * codec.height);
}

}  // namespace

std::optional<Duration> time_of(std::int64_t ticks, AVRational base) {
  if (ticks == AV_NOPTS_VALUE || base.num <= 0 || base.den <= 0) return std::nullopt;
  return std::clamp(Duration{av_rescale_q(ticks, base, kMicroseconds)}, -kFarthestTime, kFarthestTime);
}

LibavInput::LibavInput(MediaSource source, Kinds kinds, Probe probe, std::stop_token stop)
    : source_(std::move(source)), stop_(std::move(stop)), descriptor_(source_.descriptor()) {
  fail_if_stopped();
  if (descriptor_ < 0) open_file();
  open_reader();
  open_container(kinds);
  find_streams(probe);
}

void LibavInput::fail(ErrorCode code, const std::string& why) const {
  throw Error(code, "open video '" + source_.name().string() + "': " + why);
}

void LibavInput::fail_if_stopped() const {
  if (is_stopped()) fail(ErrorCode::cancelled, "stopped on request");
}

void LibavInput::fail_with(int error) const {
  fail_if_stopped();
  if (error == AVERROR(ENOMEM)) fail(ErrorCode::too_large, "it needs more memory than there is");
  if (error == AVERROR(ENOENT) || error == AVERROR(ENOTDIR)) fail(ErrorCode::not_found, "no such file");
  // Demuxers say EIO of bytes that make no sense to them, too.
  if (error == AVERROR(EIO) && !has_read_error_)
    fail(ErrorCode::unreadable, "its bytes contradict themselves");
  if (error == AVERROR(EACCES) || error == AVERROR(EIO)) fail(ErrorCode::io, reason_of(error));
  if (error == AVERROR(EINVAL)) fail(ErrorCode::unreadable, "not a kind of container that is read here");
  fail(ErrorCode::unreadable, reason_of(error));
}

void LibavInput::open_file() {
  std::error_code error;
  const auto status = std::filesystem::status(source_.name(), error);
  if (status.type() == std::filesystem::file_type::none) fail(ErrorCode::io, error.message());
  if (!std::filesystem::exists(status)) fail(ErrorCode::not_found, "no such file");
  if (!std::filesystem::is_regular_file(status)) fail(ErrorCode::invalid_input, "not a regular file");
  // A pipe that takes the file's place must not block the one who opens it.
  own_ = Descriptor(::open(source_.name().c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!own_) fail_with(AVERROR(errno));
  descriptor_ = own_.number();
}

void LibavInput::open_reader() {
  auto* buffer = static_cast<unsigned char*>(av_malloc(kReadBytes));
  if (buffer == nullptr) throw std::bad_alloc();
  AVIOContext* io = avio_alloc_context(buffer, kReadBytes, 0, this, read_bytes, nullptr, seek);
  if (io == nullptr) {
    av_free(buffer);
    throw std::bad_alloc();
  }
  io_.reset(io);
}

int LibavInput::read_bytes(void* input, std::uint8_t* buffer, int size) {
  auto& self = *static_cast<LibavInput*>(input);
  if (self.is_stopped()) return AVERROR_EXIT;
  ssize_t count = -1;
  do count = ::pread(self.descriptor_, buffer, static_cast<std::size_t>(size), self.position_);
  while (count < 0 && errno == EINTR);
  if (count < 0) self.has_read_error_ = true;
  if (count < 0) return AVERROR(errno);
  self.position_ += count;
  return count == 0 ? AVERROR_EOF : static_cast<int>(count);
}

std::int64_t LibavInput::seek(void* input, std::int64_t offset, int whence) {
  auto& self = *static_cast<LibavInput*>(input);
  // fstat would be a wider system call than a jail allows: newfstatat, which takes names too.
  const std::int64_t end = ::lseek(self.descriptor_, 0, SEEK_END);
  if (end < 0) return AVERROR(errno);
  const int from = whence & ~AVSEEK_FORCE;
  if (from == AVSEEK_SIZE) return end;
  const std::int64_t base = from == SEEK_END ? end : from == SEEK_CUR ? self.position_ : 0;
  std::int64_t target = 0;
  if (__builtin_add_overflow(base, offset, &target) || target < 0) return AVERROR(EINVAL);
  return self.position_ = target;
}

void LibavInput::open_container(Kinds kinds) {
  AVFormatContext* format = owned(avformat_alloc_context()).release();
  format->pb = io_.get();
  format->interrupt_callback = {is_interrupted, this};
  format->io_open = refuse_to_open;
  Options options;
  options.set("protocol_whitelist", "file");
  const std::string wanted = std::string(kContainers) + (kinds == Kinds::pictures_too ? kPictures : "");
  options.set("format_whitelist", wanted.c_str());
  // Without a name nothing is guessed from one: 'a%03d.gif' would be a pattern of pictures.
  const int opened = avformat_open_input(&format, nullptr, nullptr, options.out());
  if (opened < 0) fail_with(opened);  // libav has freed `format`
  format_.reset(format);
}

void LibavInput::find_streams(Probe probe) {
  // An mp4 gives sizes, times and rates, so that the picture that libav decodes to guess at them is spared:
  // 5 to 8 % of what screening an upload by its key pictures costs.
  const bool needs_no_picture =
      probe == Probe::headers && std::string_view(format_->iformat->name).starts_with("mov,mp4");
  std::vector<Options> options(format_->nb_streams);
  std::vector<AVDictionary*> raw;
  for (Options& stream_options : options) {
    stream_options.set("max_pixels", kMostProbedPixels);
    if (needs_no_picture) stream_options.set("skip_frame", "all");
    raw.push_back(std::exchange(*stream_options.out(), nullptr));
  }
  const int found = avformat_find_stream_info(format_.get(), raw.empty() ? nullptr : raw.data());
  for (std::size_t i = 0; i < raw.size(); ++i) *options[i].out() = raw[i];
  if (found < 0) fail_with(found);
}

AVStream& LibavInput::choose_video() {
  AVStream* best = nullptr;
  for (unsigned i = 0; i < format_->nb_streams; ++i) {
    AVStream* stream = format_->streams[i];
    if (stream->codecpar->codec_type != AVMEDIA_TYPE_VIDEO || (stream->disposition & kNotMoving)) continue;
    if (!best || rank_of(*best) < rank_of(*stream)) best = stream;
  }
  if (!best) fail(ErrorCode::no_video, "no video stream");
  if (is_encrypted(*format_, *best)) fail(ErrorCode::encrypted, "the picture is encrypted");
  return *best;
}

Owned<AVPacket> LibavInput::read() {
  auto packet = owned(av_packet_alloc());
  for (std::size_t failures = 0; failures < kMostReadFailures;) {
    fail_if_stopped();
    const int got = av_read_frame(format_.get(), packet.get());
    if (got >= 0) return packet;
    if (got == AVERROR_EOF) return nullptr;
    ++failures;
    if (got == AVERROR(EAGAIN)) continue;
    ++read_failures_;
    if (avio_feof(format_->pb)) break;
  }
  fail_if_stopped();
  ended_badly_ = true;
  return nullptr;
}

std::optional<Duration> LibavInput::stated_duration(const AVStream& stream) const {
  if (format_->duration_estimation_method == AVFMT_DURATION_FROM_BITRATE) return std::nullopt;
  const auto whole = time_of(format_->duration, kMicroseconds).value_or(Duration{0});
  const auto picture = time_of(stream.duration, stream.time_base).value_or(Duration{0});
  const Duration stated = std::max(whole, picture);
  return stated > Duration{0} ? std::optional(stated) : std::nullopt;
}

}  // namespace reelprint::fingerprint
