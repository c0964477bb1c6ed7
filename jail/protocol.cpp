#include "jail/protocol.h"

#include <string>

#include "core/bytes.h"

namespace reelprint::jail {

std::vector<std::byte> encode_hello(const Walls& walls) {
  ByteWriter writer;
  writer.put(kProtocol);
  for (const bool stands : {walls.files, walls.network, walls.signals, walls.memory})
    writer.put(static_cast<std::uint8_t>(stands));
  return writer.take();
}

Walls decode_hello(std::span<const std::byte> bytes) {
  ByteReader reader(bytes, "a worker's greeting");
  if (reader.take<std::uint32_t>() != kProtocol)
    throw Error(ErrorCode::incompatible, "start worker: it is of another version");
  Walls walls;
  for (bool* stands : {&walls.files, &walls.network, &walls.signals, &walls.memory})
    *stands = reader.take<std::uint8_t>() != 0;
  return walls;
}

std::vector<std::byte> encode_request(const JobRequest& request) {
  ByteWriter writer;
  writer.put(static_cast<std::uint64_t>(request.limits.memory_bytes));
  writer.put(static_cast<std::int64_t>(request.limits.cpu_time.count()));
  writer.put_bytes(request.bytes);
  return writer.take();
}

JobRequest decode_request(std::span<const std::byte> bytes) {
  ByteReader reader(bytes, "a job's request");
  JobRequest request;
  request.limits.memory_bytes = reader.take<std::uint64_t>();
  request.limits.cpu_time = std::chrono::seconds(reader.take<std::int64_t>());
  request.bytes = reader.take_bytes(reader.left());
  return request;
}

std::vector<std::byte> encode_end(const ChildEnd& end) {
  ByteWriter writer;
  writer.put(static_cast<std::int32_t>(end.wait_status));
  writer.put(static_cast<std::int64_t>(end.cpu_time.count()));
  writer.put(static_cast<std::uint64_t>(end.peak_bytes));
  return writer.take();
}

ChildEnd decode_end(std::span<const std::byte> bytes) {
  ByteReader reader(bytes, "a job's end");
  ChildEnd end;
  end.wait_status = reader.take<std::int32_t>();
  end.cpu_time = std::chrono::microseconds(reader.take<std::int64_t>());
  end.peak_bytes = reader.take<std::uint64_t>();
  return end;
}

}  // namespace reelprint::jail
