#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// How much room a text takes in a picture, known without any font: boxes are sized for one of the widest common
/// sans-serif families (DejaVu Sans, Verdana), so that text also fits them where another one is put in its place.
namespace firebreak::report {

/// The families a picture asks for, first choice first. Debian brings the first as fonts-dejavu-core.
inline constexpr const char* kFontFamilies = "DejaVu Sans,Verdana,Helvetica,Arial,sans-serif";

/// The width of one line in points, with some room to spare. Cost: linear.
[[nodiscard]] double text_width(std::string_view text, double points, bool bold);

/// The text on at most `most_lines` lines of about `columns` columns, broken behind blanks and punctuation where there
/// are any, else anywhere between two characters; what does not fit is replaced by "…". The text must be `printable`.
/// Cost: linear in what is shown.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t columns, std::size_t most_lines);

/// The first `characters` characters, then "…" when there were more.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t characters);

/// So many characters of a name: its beginning, "…" and its end, for names that are alike differ at the end.
[[nodiscard]] std::string shortened_name(std::string_view name, std::size_t characters);

}  // namespace firebreak::report
