#include "cli/line_output.h"

#include <cerrno>
#include <fmt/format.h>
#include <system_error>
#include <utility>

namespace firebreak::cli {

LineOutput::LineOutput(const Options& options, const Surroundings& surroundings)
    : name_(options.output), surroundings_(surroundings) {
  if (!name_.empty() && name_ != "-") writer_.emplace(name_);
}

bool LineOutput::add(std::string_view text) {
  if (writer_) {
    writer_->write(text);
  } else if (surroundings_.write) {
    const int failed = surroundings_.write(text);
    if (failed == EPIPE) return false;
    if (failed != 0) {
      refuse(fmt::format("cannot write the answer: {}", std::generic_category().message(failed)), {},
             Code::cannot_write);
    }
  } else {
    kept_ += text;
  }
  return true;
}

std::string LineOutput::finish() {
  if (writer_) {
    if (const auto fault = writer_->finish()) {
      refuse(fmt::format("cannot write '{}': {}", printable(name_), *fault), {}, Code::cannot_write);
    }
  }
  return std::move(kept_);
}

}  // namespace firebreak::cli
