#include "topology/builder/faults.h"

#include <fmt/format.h>

#include "topology/wording.h"

namespace firebreak {

Diagnostic& Faults::add(Code code, Span at, std::string message, std::string hint) {
  if (!at.file.valid() && !kind_.empty()) {
    const std::string subject = id_.empty() ? std::string(kind_) : fmt::format("{} {}", kind_, quoted(id_));
    message = fmt::format("{}: {}", subject, message);
  }
  return list_.emplace_back(diagnose(code, at, std::move(message), std::move(hint)));
}

}  // namespace firebreak
