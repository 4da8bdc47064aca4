#pragma once

#include <array>
#include <functional>

#include "firebreak/draw.h"

#include "cli/question.h"

/// What commands that draw share.
namespace firebreak::cli {

inline constexpr std::array kTexts = {Format::text, Format::json, Format::csv, Format::md};
inline constexpr std::array kPictures = {Format::dot, Format::svg, Format::png, Format::pdf};
inline constexpr std::array kTextsAndPictures = {Format::text, Format::json, Format::csv, Format::md,
                                                 Format::dot,  Format::svg,  Format::png, Format::pdf};

[[nodiscard]] bool is_picture(Format format);

/// Draws and delivers; what had to be simplified is said on standard error. Refused when nothing could be drawn.
[[nodiscard]] Outcome deliver_picture(const Call& call, const Options& options, const Question& question, Format format,
                                      const std::function<Drawing(const DrawOptions&)>& paint, int code = 0);

}  // namespace firebreak::cli
