// Asks an authority for a time stamp over HTTP (RFC 3161, section 3.4).
#pragma once

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>

#include "evidence/bundle.h"

namespace reelprint::pipeline {

/// Of the authority at `url`, which the user named: it may stand anywhere. A request is kept for a moment in
/// a file of `folder`. What is returned throws Error: io when nobody answers within `patience`, or not as RFC
/// 3161 has it; cancelled.
[[nodiscard]] evidence::AskTimeStamp time_stamps_of(const std::string& url,
                                                    const std::filesystem::path& folder,
                                                    std::stop_token stop = {},
                                                    std::chrono::seconds patience = std::chrono::seconds{30});

}  // namespace reelprint::pipeline
