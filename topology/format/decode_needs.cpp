#include "topology/format/decode_needs.h"

namespace firebreak {

void judge_threshold(FileFaults& faults, NeedItem& item) {
  const bool counts = item.k.at.file.valid();
  const bool has_members = item.type == Need::Type::at_least;
  if (counts == has_members) return;
  if (has_members) {
    faults.report(Code::missing_key, item.at, "'of' without 'at_least'",
                  "say how many must hold, or write 'any' or 'all' instead of 'of'");
    item.type = Need::Type::all;
  } else if (item.group.empty()) {
    faults.report(Code::missing_key, item.k.at, "'at_least' without 'of'",
                  "write { at_least = 2, of = [\"a\", \"b\", \"c\"] }");
  } else {
    report_conflict(faults, "a need", "at_least", item.group, item.k.at, "'at_least' goes with 'of'");
  }
}

}  // namespace firebreak
