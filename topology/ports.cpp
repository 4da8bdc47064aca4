/// Sets of ports as sorted, disjoint, not adjacent ranges. Every operation of two sets is one walk along both.
#include "firebreak/ports.h"

#include <algorithm>
#include <utility>

namespace firebreak {

PortSet::PortSet(std::vector<PortRange> ranges) {
  std::sort(ranges.begin(), ranges.end());
  for (const PortRange& range : ranges) {
    if (range.first > range.last || range.first > kLastPort) continue;
    const std::uint32_t last = std::min(range.last, kLastPort);
    if (!ranges_.empty() && range.first <= ranges_.back().last + 1) {
      ranges_.back().last = std::max(ranges_.back().last, last);
    } else {
      ranges_.push_back({range.first, last});
    }
  }
}

bool PortSet::contains(std::uint32_t port) const {
  const auto at = std::lower_bound(ranges_.begin(), ranges_.end(), port,
                                   [](const PortRange& range, std::uint32_t value) { return range.last < value; });
  return at != ranges_.end() && at->first <= port;
}

PortSet unite(const PortSet& a, const PortSet& b) {
  std::vector<PortRange> ranges(a.ranges().begin(), a.ranges().end());
  ranges.insert(ranges.end(), b.ranges().begin(), b.ranges().end());
  return PortSet(std::move(ranges));
}

PortSet intersect(const PortSet& a, const PortSet& b) {
  std::vector<PortRange> ranges;
  for (std::size_t i = 0, j = 0; i < a.ranges().size() && j < b.ranges().size();) {
    const PortRange& left = a.ranges()[i];
    const PortRange& right = b.ranges()[j];
    const PortRange common{std::max(left.first, right.first), std::min(left.last, right.last)};
    if (common.first <= common.last) ranges.push_back(common);
    if (left.last < right.last) {
      ++i;
    } else {
      ++j;
    }
  }
  return PortSet(std::move(ranges));
}

PortSet subtract(const PortSet& a, const PortSet& b) {
  std::vector<PortRange> ranges;
  std::size_t j = 0;
  for (PortRange rest : a.ranges()) {
    while (j < b.ranges().size() && b.ranges()[j].last < rest.first) ++j;
    bool left_over = true;
    for (std::size_t k = j; left_over && k < b.ranges().size() && b.ranges()[k].first <= rest.last; ++k) {
      const PortRange& hole = b.ranges()[k];
      if (hole.first > rest.first) ranges.push_back({rest.first, hole.first - 1});
      left_over = hole.last < rest.last;
      rest.first = hole.last + 1;
    }
    if (left_over) ranges.push_back(rest);
  }
  return PortSet(std::move(ranges));
}

bool intersects(const PortSet& a, const PortSet& b) {
  for (std::size_t i = 0, j = 0; i < a.ranges().size() && j < b.ranges().size();) {
    if (a.ranges()[i].last < b.ranges()[j].first) {
      ++i;
    } else if (b.ranges()[j].last < a.ranges()[i].first) {
      ++j;
    } else {
      return true;
    }
  }
  return false;
}

bool includes(const PortSet& whole, const PortSet& part) {
  std::size_t i = 0;
  for (const PortRange& range : part.ranges()) {
    while (i < whole.ranges().size() && whole.ranges()[i].last < range.first) ++i;
    if (i == whole.ranges().size() || whole.ranges()[i].first > range.first || whole.ranges()[i].last < range.last) {
      return false;
    }
  }
  return true;
}

}  // namespace firebreak
