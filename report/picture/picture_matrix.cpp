#include <algorithm>
#include <fmt/format.h>

#include "firebreak/diagnostic.h"

#include "report/matrix_grid.h"
#include "report/picture/lettering.h"
#include "report/picture/pictures.h"
#include "report/policy_answer.h"
#include "report/wording.h"

// The zone matrix as a table: as text shows it, with the ports where there is room, and the needs that are denied where
// they are.

namespace firebreak::report {
namespace {

constexpr std::size_t kMostLines = 48;
constexpr std::size_t kMostWithPorts = 14;

class MatrixPicture {
 public:
  MatrixPicture(const Subject& subject, const PolicyReport& report)
      : subject_(subject),
        matrix_(report.matrix),
        grid_(make_grid(report.matrix, kMostApart)),
        lines_(std::min(grid_.lines.size(), kMostLines)),
        with_ports_(lines_ <= kMostWithPorts) {
    count_denied(report.denied);
    picture_.title = make_view(subject, report, 1).head.summary;
  }

  [[nodiscard]] Picture make() {
    picture_.left_to_right = false;
    picture_.remarks.push_back("from each zone (row) to each zone (column); inside a zone on the diagonal");
    if (lines_ < grid_.lines.size()) {
      picture_.remarks.push_back(fmt::format("{} more lines are left out: the CSV and JSON formats have all",
                                             grouped(static_cast<double>(grid_.lines.size() - lines_))));
    }
    PictureGrid& table = picture_.grid;
    table.cell_width = with_ports_ ? 76 : 22;
    table.cell_height = with_ports_ ? 32 : 18;
    for (std::size_t from = 0; from < lines_; ++from) {
      table.names.push_back(name(from));
      std::vector<PictureCell> row;
      for (std::size_t to = 0; to < lines_; ++to) row.push_back(cell(from, to));
      table.cells.push_back(std::move(row));
    }
    add_legend();
    return std::move(picture_);
  }

 private:
  void count_denied(const std::vector<DeniedNeed>& denied) {
    std::vector<std::size_t> line_of_zone(subject_.graph.node_count, 0);
    for (std::size_t line = 0; line < grid_.lines.size(); ++line) {
      for (const std::size_t zone : grid_.lines[line]) line_of_zone[matrix_.zones[zone].index()] = line;
    }
    denied_.assign(grid_.lines.size(), std::vector<std::size_t>(grid_.lines.size(), 0));
    for (const DeniedNeed& need : denied) {
      const Leaf leaf = leaf_of(subject_.graph, need.leaf);
      ++denied_[line_of_zone[leaf.from_zone.index()]][line_of_zone[leaf.to_zone.index()]];
    }
  }

  [[nodiscard]] std::string name(std::size_t line) const {
    const std::vector<std::size_t>& zones = grid_.lines[line];
    const std::string first = shortened(printable(subject_.topology.label(matrix_.zones[zones.front()])), 28);
    return zones.size() == 1 ? first : fmt::format("{} and {} alike", first, zones.size() - 1);
  }

  [[nodiscard]] PictureCell cell(std::size_t from, std::size_t to) const {
    PictureCell cell;
    const bool single = grid_.lines[from].size() == 1;
    const MatrixGrid::Cell& found = from == to && single ? grid_.inside[from] : grid_.cells[from][to];
    cell.tint = static_cast<Tint>(found.verdict);
    if (found.apart && found.verdict != Openness::none) cell.tint = Tint::cut;
    cell.alarm = denied_[from][to] > 0;
    if (with_ports_) {
      const std::size_t a = grid_.lines[from].front();
      const std::size_t b = from == to ? grid_.lines[to].back() : grid_.lines[to].front();
      cell.lines = port_lines(matrix_.somewhere(a, b), cell.alarm ? 1 : 3);
      if (cell.alarm) cell.lines.push_back("✕ " + counted(denied_[from][to], "need") + " denied");
    } else if (cell.alarm) {
      cell.lines.emplace_back("✕");
    }
    return cell;
  }

  [[nodiscard]] static std::vector<std::string> port_lines(const PortSet& ports, std::size_t most) {
    if (ports.empty()) return {};
    return wrap(ports.is_any() ? std::string("any port") : to_string(ports), 16, most);
  }

  void add_legend() {
    const auto add = [&](Tint tint, std::string text) {
      LegendEntry entry;
      entry.type = LegendEntry::Type::tint;
      entry.tint = tint;
      entry.text = std::move(text);
      picture_.legend.push_back(std::move(entry));
    };
    bool cut = false;
    bool alarm = false;
    for (const auto& row : picture_.grid.cells) {
      for (const PictureCell& one : row) {
        cut = cut || one.tint == Tint::cut;
        alarm = alarm || one.alarm;
      }
    }
    add(Tint::none, "nothing may flow");
    add(Tint::some, "some ports, or to some hosts");
    add(Tint::all, "every port");
    if (cut) add(Tint::cut, "permitted, but nothing joins the two");
    if (!alarm) return;
    LegendEntry entry;
    entry.type = LegendEntry::Type::alarm;
    entry.text = "✕ a need is denied";
    picture_.legend.push_back(std::move(entry));
  }

  const Subject& subject_;
  const ZoneMatrix& matrix_;
  MatrixGrid grid_;
  std::size_t lines_;
  bool with_ports_;
  std::vector<std::vector<std::size_t>> denied_;  ///< needs, by lines
  Picture picture_;
};

}  // namespace

Picture picture_of_matrix(const Subject& subject, const PolicyReport& report) {
  return MatrixPicture(subject, report).make();
}

}  // namespace firebreak::report
