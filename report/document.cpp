#include "report/document.h"

#include <utility>

#include "report/palette.h"
#include "report/wording.h"

namespace firebreak::report {

Mark mark(State state) {
  const Look& found = look(state);
  return {found.glyph, found.ascii, found.sgr, predicate(state)};
}

std::size_t shown_of(std::size_t total, const TextStyle& style) {
  return style.most == 0 || total <= style.most ? total : style.most;
}

void add_section(Document& document, Section section) {
  if (!section.entries.empty() || section.left_out > 0 || !section.verbatim.empty())
    document.sections.push_back(std::move(section));
}

}  // namespace firebreak::report
