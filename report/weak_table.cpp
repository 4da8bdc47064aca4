#include <algorithm>
#include <fmt/format.h>

#include "firebreak/diagnostic.h"

#include "report/weak_answer.h"
#include "report/wording.h"
#include "topology/unicode.h"

// Rows are losses, the worst first; columns are the services that any of them hits, as many as fit.

namespace firebreak::report {
namespace {

constexpr std::size_t kWidestName = 28;
constexpr std::size_t kWidestColumn = 16;

bool holds(const std::vector<std::string>& ids, const std::string& id) {
  return std::ranges::find(ids, id) != ids.end();
}

/// The services that some loss hits, those that weigh the most first, as the rows are.
std::vector<std::string> columns_of(const WeakView& view) {
  std::vector<const CutSetsView*> hit;
  for (const CutSetsView& service : view.services) {
    const auto hits = [&](const LossView& loss) {
      return holds(loss.fails, service.id) || holds(loss.degrades, service.id);
    };
    if (std::ranges::any_of(view.losses, hits)) hit.push_back(&service);
  }
  std::ranges::stable_sort(hit, {}, [](const CutSetsView* service) { return -service->weight.value; });
  std::vector<std::string> columns;
  for (const CutSetsView* service : hit) columns.push_back(service->id);
  return columns;
}

std::string_view cell(const LossView& loss, const std::string& service, bool ascii) {
  if (holds(loss.fails, service)) return ascii ? "x" : "✕";
  if (holds(loss.degrades, service)) return "~";
  return ascii ? "." : "·";
}

}  // namespace

Section loss_table(const WeakView& view, const TextStyle& style) {
  Section section{"Single losses by services"};
  const std::size_t rows = shown_of(view.losses.size(), style);
  std::vector<std::string> columns = columns_of(view);
  if (columns.size() < 2 || rows < 2) return section;
  std::size_t widest = 0;
  for (std::size_t i = 0; i < rows; ++i) widest = std::max(widest, width_of(printable(view.losses[i].id)));
  widest = std::min(widest, kWidestName);
  std::string header(2 + widest, ' ');
  std::vector<std::size_t> widths;
  std::size_t used = header.size();
  for (const std::string& service : columns) {
    const std::size_t width = std::min(width_of(printable(service)), kWidestColumn);
    used += 2 + width;
    if (style.most != 0 && used > std::max<std::size_t>(style.columns, 60)) break;
    widths.push_back(width);
    header += "  " + fitted(printable(service), width, style.ascii);
  }
  const std::size_t left_out = columns.size() - widths.size();
  columns.resize(widths.size());
  const auto add_line = [&](std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    section.verbatim += line + "\n";
  };
  add_line(header);
  for (std::size_t i = 0; i < rows; ++i) {
    std::string row = "  " + fitted(printable(view.losses[i].id), widest, style.ascii);
    for (std::size_t c = 0; c < columns.size(); ++c) {
      row += fmt::format("  {}{}", cell(view.losses[i], columns[c], style.ascii), std::string(widths[c] - 1, ' '));
    }
    add_line(std::move(row));
  }
  std::string legend = style.ascii ? "  x fails   ~ is degraded" : "  ✕ fails   ~ is degraded";
  if (left_out > 0) legend += fmt::format("   {} with --all", counted(left_out, "more service"));
  add_line(std::move(legend));
  section.left_out = view.losses.size() - rows;
  return section;
}

}  // namespace firebreak::report
