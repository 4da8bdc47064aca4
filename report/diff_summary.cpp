// A change in one sentence, and what to ask next.

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "report/diff_answer.h"
#include "report/escape.h"
#include "report/surroundings.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

std::string flows_words(const DiffView& view) {
  const auto between = [](std::uint64_t pairs) { return counted(pairs, "pair of places", "pairs of places"); };
  if (view.pairs_opened == 0 && view.pairs_closed == 0) return {};
  if (view.pairs_closed == 0) return fmt::format("opens flows between {}", between(view.pairs_opened));
  if (view.pairs_opened == 0) return fmt::format("closes flows between {}", between(view.pairs_closed));
  return fmt::format("opens flows between {} and closes flows between {}", between(view.pairs_opened),
                     between(view.pairs_closed));
}

/// What the change does, each verb once: "takes down mail and phone".
std::vector<std::string> brief_words(const std::vector<FindingView>& findings) {
  std::vector<std::pair<std::string, std::vector<std::string>>> verbs;
  for (const FindingView& finding : findings) {
    if (finding.verb.empty()) continue;
    const auto at = std::ranges::find(verbs, finding.verb, &std::pair<std::string, std::vector<std::string>>::first);
    if (at == verbs.end()) {
      verbs.push_back({finding.verb, {finding.object}});
    } else {
      at->second.push_back(finding.object);
    }
  }
  std::vector<std::string> words;
  for (const auto& [verb, objects] : verbs) {
    words.push_back(objects.front().empty() ? verb : fmt::format("{} {}", verb, listing(objects, 3)));
  }
  return words;
}

}  // namespace

std::string summary(const DiffView& view, const DiffVerdict& verdict) {
  if (!verdict.any) return "Nothing changes.";
  const std::vector<std::string> briefs = brief_words(view.worse);
  const std::string flows = flows_words(view);
  std::string words;
  if (!briefs.empty()) {
    words = fmt::format("The change {}{}", listing(briefs, 4), flows.empty() ? "" : "; it " + flows);
  } else if (!flows.empty()) {
    const bool judged = view.only.value.has_value();
    words = view.pairs_opened == 0 ? fmt::format("Nothing gets worse; the change {}", flows)
                                   : fmt::format("The change {}{}", flows, judged ? "" : "; nothing else gets worse");
  } else if (!view.better.empty()) {
    words = "Nothing gets worse, and no flow opens or closes";
  } else {
    words = "The files differ, but no flow, no reach, no state and no require does";
  }
  if (view.flows_left_out > 0) words += "; not all of these can be listed";
  if (view.only.value) {
    words += view.only.value->holds ? "; nothing changes but what may"
                                    : fmt::format("; besides what may change, {}",
                                                  counted(view.only.value->besides.size(), "thing does", "things do"));
  }
  return words + ".";
}

std::string next(const DiffReport& report, const DiffView& view) {
  const auto about_after = [&](std::string_view command, const std::vector<std::string>& ids,
                               const std::string& options = {}) {
    return command_line(report.after, command, ids, options);
  };
  for (const FindingView& finding : view.worse) {
    switch (finding.what) {
      case Topic::require:
        return about_after("check", {});
      case Topic::need: {
        const auto at = std::ranges::find(view.denied_needs, finding.id, &DeniedNeedView::id);
        const DeniedNeedView& need = *at;
        return about_after("explain", {need.from, need.on, need.missing.substr(0, need.missing.find(','))});
      }
      case Topic::state:
        return about_after("explain", {finding.id});
      case Topic::scenario:
        return about_after("impact", {}, "--scenario " + shell_word(finding.id));
      case Topic::jewel: {
        const auto at = std::ranges::find(view.jewels, finding.id, &JewelChangeView::id);
        return about_after("explain", {at->path.front(), at->path.back()});
      }
      case Topic::survival: {
        const auto at = std::ranges::find(view.survival, finding.id, &SurvivalChangeView::service);
        return about_after("explain", {finding.id}, "--off " + shell_word(at->newly.front()));
      }
      case Topic::guard:
      case Topic::reach:
        break;
    }
  }
  return view.flows.empty() ? about_after("check", {}) : about_after("policy", {});
}

}  // namespace firebreak::report
