#include "analyzer/shared_rows.h"

#include <utility>

#include "analyzer/distinct_rows.h"

namespace firebreak {

SharedRows share_rows(const Packed<std::uint32_t, std::uint32_t>& rows) {
  const std::size_t most = rows.size() / 4;
  DistinctRows distinct;
  std::vector<std::uint32_t> row_of;
  row_of.reserve(rows.size());
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    row_of.push_back(distinct.number(rows[row]));
    if (distinct.size() > most) return {};
  }
  return {distinct.take(), std::move(row_of)};
}

}  // namespace firebreak
