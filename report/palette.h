#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "firebreak/impact.h"

/// The one place that says how a state looks. A state is always colour and glyph and word, so that no one has to see
/// colours.
namespace firebreak::report {

enum class Border : unsigned char { plain, dashed, doubled };

/// How a state looks on a terminal, on paper and in a picture.
struct Look {
  State state = State::works;
  std::string_view word;   ///< "at risk"
  std::string_view glyph;  ///< one column wide
  std::string_view ascii;  ///< the same in ASCII, one character
  std::string_view sgr;    ///< terminal colour: the numbers between ESC [ and m
  std::string_view fill;   ///< of a box, "#rrggbb"
  std::string_view ink;    ///< of the text in the box
  std::string_view line;   ///< of its border and of the arrows that carry this state on
  Border border = Border::plain;
};

/// By State, worst first.
inline constexpr std::array<Look, 5> kLooks = {{
    {State::off, "off", "■", "#", "1;7", "#1B1F24", "#FFFFFF", "#1B1F24", Border::plain},
    {State::fails, "fails", "✕", "x", "1;31", "#B34700", "#FFFFFF", "#B34700", Border::plain},
    {State::degraded, "degraded", "~", "~", "33", "#E69F00", "#000000", "#7A5400", Border::dashed},
    {State::at_risk, "at risk", "!", "!", "35", "#CC79A7", "#000000", "#8A3F66", Border::doubled},
    {State::works, "works", "✓", ".", "32", "#FFFFFF", "#000000", "#767676", Border::plain},
}};

[[nodiscard]] constexpr const Look& look(State state) {
  return kLooks[static_cast<std::size_t>(state)];
}

/// What a compromise has reached.
inline constexpr std::string_view kReachedGlyph = "●";
inline constexpr std::string_view kReachedAscii = "@";
inline constexpr std::string_view kReachedFill = "#5B2A86";
inline constexpr std::string_view kReachedInk = "#FFFFFF";
inline constexpr std::string_view kReachedSgr = "1;35";

/// How open a way between two zones is: nothing, some of it, all of it.
struct Tone {
  std::string_view fill;
  std::string_view ink;
};
inline constexpr std::array<Tone, 3> kTones = {
    {{"#FFFFFF", "#5A6068"}, {"#BFE0F5", "#000000"}, {"#0072B2", "#FFFFFF"}}};

/// The outline of what is `critical`.
inline constexpr std::string_view kCrownJewelLine = "#0072B2";

}  // namespace firebreak::report
