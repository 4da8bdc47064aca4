#include "cli/part.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "cli/workers.h"
#include "topology/fingerprint.h"

namespace firebreak::cli {
namespace {

constexpr std::string_view kSchema = "firebreak/part/1";
/// More shards than this are a mistake, or meant to be one.
constexpr std::uint32_t kMostShards = 100'000;

struct ListField {
  std::string_view name;
  std::vector<std::string>& (*of)(Options&);
};
struct NumberField {
  std::string_view name;
  std::uint32_t Options::*value;
  std::uint32_t usual;
};

// What is asked, as far as it changes what is found.
constexpr std::array kLists = {
    ListField{"files", [](Options& o) -> std::vector<std::string>& { return o.words; }},
    ListField{"compromised", [](Options& o) -> std::vector<std::string>& { return o.actions.compromised; }},
    ListField{"off", [](Options& o) -> std::vector<std::string>& { return o.actions.off; }},
    ListField{"isolate", [](Options& o) -> std::vector<std::string>& { return o.actions.isolate; }},
    ListField{"block", [](Options& o) -> std::vector<std::string>& { return o.actions.block; }},
    ListField{"allow", [](Options& o) -> std::vector<std::string>& { return o.actions.allow; }},
    ListField{"over", [](Options& o) -> std::vector<std::string>& { return o.over; }},
    ListField{"of", [](Options& o) -> std::vector<std::string>& { return o.of; }},
    ListField{"to", [](Options& o) -> std::vector<std::string>& { return o.to; }},
    ListField{"protect", [](Options& o) -> std::vector<std::string>& { return o.protect; }},
};
constexpr std::array kNumbers = {
    NumberField{"every", &Options::every, 0},
    NumberField{"top", &Options::top, Options::kUsualTop},
};

Json question_of(const Options& options) {
  Options copy = options;
  Json question = Json::object();
  for (const ListField& field : kLists) {
    if (!field.of(copy).empty()) question[std::string(field.name)] = field.of(copy);
  }
  if (!options.scenario.empty()) question["scenario"] = options.scenario;
  for (const NumberField& field : kNumbers) {
    if (options.*field.value != field.usual) question[std::string(field.name)] = options.*field.value;
  }
  if (options.rank) question["rank"] = true;
  return question;
}

/// False when something is of another type than it is written with.
bool read_question(const Json& question, Options& options) {
  if (!question.is_object()) return false;
  const auto is_text = [](const Json& word) { return word.is_string(); };
  for (const ListField& field : kLists) {
    const auto at = question.find(field.name);
    if (at == question.end()) continue;
    if (!at->is_array() || !std::ranges::all_of(*at, is_text)) return false;
    field.of(options) = at->get<std::vector<std::string>>();
  }
  if (const auto at = question.find("scenario"); at != question.end()) {
    if (!at->is_string()) return false;
    options.scenario = at->get<std::string>();
  }
  for (const NumberField& field : kNumbers) {
    const auto at = question.find(field.name);
    if (at == question.end()) continue;
    if (!at->is_number_unsigned() || at->get<std::uint64_t>() >= Options::kUsualTop) return false;
    options.*field.value = at->get<std::uint32_t>();
  }
  options.rank = question.contains("rank");
  return true;
}

std::optional<std::uint32_t> number_in(std::string_view word) {
  std::uint32_t number = 0;
  const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (fault != std::errc() || end != word.data() + word.size() || number == 0 || number > kMostShards) return {};
  return number;
}

std::optional<Shard> parse_shard(std::string_view word) {
  const std::size_t slash = word.find('/');
  if (slash == std::string_view::npos) return {};
  const auto number = number_in(word.substr(0, slash));
  const auto of = number_in(word.substr(slash + 1));
  if (!number || !of || *number > *of) return {};
  return Shard{*number, *of};
}

std::string to_word(Shard shard) {
  return fmt::format("{}/{}", shard.number, shard.of);
}

/// "3, 4, 7 and 12 more".
std::string listed(const std::vector<std::uint32_t>& numbers) {
  constexpr std::size_t kMost = 10;
  const std::span<const std::uint32_t> shown = std::span(numbers).first(std::min(kMost, numbers.size()));
  std::string text = fmt::format("{}", fmt::join(shown, ", "));
  if (numbers.size() > kMost) text += fmt::format(" and {} more", numbers.size() - kMost);
  return text;
}

}  // namespace

std::optional<Shard> shard_of(const Options& options) {
  if (options.shard.empty()) return {};
  const std::optional<Shard> shard = parse_shard(options.shard);
  if (!shard) {
    refuse(fmt::format("'{}' is no shard", options.shard),
           fmt::format("such as 3/8, the third of eight; of {} at most", kMostShards));
  }
  if (!options.format.empty()) {
    refuse("a shard gives a part of an answer, which has a format of its own", "say --format to firebreak merge");
  }
  if (!options.fail_on.empty()) refuse("--fail-on looks at an answer, and a shard gives a part of one");
  if (std::ranges::find(options.words, "-") != options.words.end()) {
    refuse("standard input cannot be read again when the parts are merged", "name files");
  }
  return shard;
}

Division division_of(const Call& call, const std::optional<Shard>& shard) {
  Division division{.parts = threads_at_once(), .workers = threads(), .tally = {}};
  division.tally = [&progress = call.progress](std::uint64_t more, std::uint64_t of) { progress.add(more, of); };
  if (shard) {
    division.shard = shard->number - 1;
    division.shards = shard->of;
  }
  return division;
}

std::string fingerprint_of(const Question& question) {
  std::string words;
  for (const SourceFile& file : question.loaded.sources) {
    words += fmt::format("{}{:016x}", words.empty() ? "" : " ", file.fingerprint);
  }
  return words;
}

std::string part_head(std::string_view kind, Shard shard, const Options& options, const Question& question) {
  const Json head = {{"schema", kSchema},
                     {"kind", kind},
                     {"shard", shard.number},
                     {"shards", shard.of},
                     {"question", question_of(options)},
                     {"fingerprint", fingerprint_of(question)}};
  return head.dump() + "\n";
}

void PartSum::add(std::string_view lines) {
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    add_line(lines.substr(0, end));
    lines.remove_prefix(end + 1);
  }
}

void PartSum::add_line(std::string_view line) {
  ++lines_;
  sum_ = fingerprint_behind(sum_, line);
}

std::string PartSum::word() const {
  return fmt::format("{:016x}", sum_);
}

std::string part_end(PartSum sum, Json end) {
  end["lines"] = sum.lines() - 1;  // without the head
  sum.add_line(end.dump());
  end["sum"] = sum.word();
  return Json{{"end", std::move(end)}}.dump() + "\n";
}

PartReader::PartReader(std::string name, FileId file, std::vector<Diagnostic>& faults)
    : name_(std::move(name)), file_(file), faults_(faults), blocks_(name_) {
  const std::optional<std::string_view> first = next_line();
  if (!blocks_.fault().empty()) {
    faults_.push_back(diagnose(Code::cannot_read, {file_, 0, 0},
                               fmt::format("cannot read the file: {}", printable(blocks_.fault()))));
    return;
  }
  if (!first || !read_head(*first)) {
    head_.reset();
    faults_.push_back(diagnose(Code::bad_part, {file_, 1, 1}, "the file is no part of an answer",
                               "parts are written by whatif --shard and blast --rank --shard"));
  }
}

PartReader::~PartReader() = default;

bool PartReader::read_head(std::string_view line) {
  sum_.add_line(line);
  head_ = std::make_unique<Json>(Json::parse(line, nullptr, false));
  if (!head_->is_object() || head_->value("schema", Json()) != kSchema) return false;
  for (const char* const key : {"kind", "fingerprint"}) {
    if (!head_->value(key, Json()).is_string()) return false;
  }
  for (const char* const key : {"shard", "shards"}) {
    if (!head_->value(key, Json()).is_number_unsigned()) return false;
  }
  Options options;
  if (!read_question(head_->value("question", Json()), options)) return false;
  const auto number = head_->at("shard").get<std::uint64_t>();
  const auto of = head_->at("shards").get<std::uint64_t>();
  if (number == 0 || number > of || of > kMostShards) return false;
  shard_ = {static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(of)};
  return true;
}

std::string PartReader::kind() const {
  return head_->at("kind").get<std::string>();
}

std::string PartReader::files() const {
  return head_->at("fingerprint").get<std::string>();
}

bool PartReader::goes_with(const PartReader& other) const {
  for (const char* const key : {"kind", "shards", "question", "fingerprint"}) {
    if (head_->at(key) != other.head_->at(key)) return false;
  }
  return true;
}

void PartReader::ask_again(Options& options) const {
  (void)read_question(head_->at("question"), options);
}

std::optional<std::string_view> PartReader::next_line() {
  if (at_ == block_.text.size()) {
    std::optional<LineBlock> block = blocks_.next();
    if (!block) return std::nullopt;
    block_ = *std::move(block);
    at_ = 0;
  }
  ++line_;
  const std::string_view rest = std::string_view(block_.text).substr(at_);
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos) {  // a line that was cut off is none
    at_ = block_.text.size();
    return std::nullopt;
  }
  at_ += end + 1;
  return rest.substr(0, end);
}

std::optional<std::string_view> PartReader::line() {
  if (end_) return std::nullopt;
  const std::optional<std::string_view> line = next_line();
  if (line && !line->starts_with(R"({"end":)")) {
    sum_.add_line(*line);
    return line;
  }
  const Json end = line ? Json::parse(*line, nullptr, false) : Json();
  end_ = std::make_unique<Json>(end.is_object() ? end.value("end", Json()) : Json());
  const bool whole = is_as_written() && !next_line();
  if (!blocks_.fault().empty()) {
    faults_.push_back(
        diagnose(Code::cannot_read, {file_, 0, 0}, fmt::format("cannot read the part: {}", blocks_.fault())));
  } else if (!whole) {
    not_whole();
  }
  return std::nullopt;
}

/// Whether head, lines and end are those that were written.
bool PartReader::is_as_written() const {
  if (!end_->is_object() || end("lines") != sum_.lines() - 1) return false;
  Json end = *end_;
  end.erase("sum");
  PartSum sum = sum_;
  sum.add_line(end.dump());
  return this->end("sum") == sum.word();
}

Json PartReader::end(const char* key) const {
  return end_ && end_->is_object() ? end_->value(key, Json()) : Json();
}

void PartReader::not_whole() {
  report("the part is not whole: the run that wrote it did not get to its end, or the file was changed",
         fmt::format("run --shard {} again", to_word(shard_)));
}

void PartReader::report(std::string message, std::string hint) {
  faults_.push_back(diagnose(Code::bad_part, {file_, line_, 1}, std::move(message), std::move(hint)));
}

Parts::Parts(std::span<const std::string> names, bool colour) : colour_(colour) {
  open(names);
  order();
  refuse_faults();
}

void Parts::open(std::span<const std::string> names) {
  for (const std::string& name : names) {
    const FileId file = sources_.push_back({name, {}, 0});
    readers_.push_back(std::make_unique<PartReader>(name, file, faults_));
  }
  refuse_faults();
}

void Parts::read_again() {
  std::vector<std::string> names;
  for (const std::unique_ptr<PartReader>& reader : readers_) names.push_back(reader->name());
  readers_.clear();
  sources_ = {};
  open(names);
}

void Parts::order() {
  const PartReader& first = *readers_.front();
  std::map<std::uint32_t, std::size_t> by_number;
  for (std::size_t i = 0; i < readers_.size(); ++i) {
    const PartReader& reader = *readers_[i];
    const Span at{FileId(i), 1, 1};
    if (!reader.goes_with(first)) {
      faults_.push_back(diagnose(Code::bad_part, at,
                                 fmt::format("the part answers another question than {}", printable(first.name())),
                                 "the files, options and number of shards must be the same"));
      continue;
    }
    const auto [known, fresh] = by_number.emplace(reader.shard().number, i);
    if (fresh) continue;
    faults_.push_back(diagnose(
        Code::bad_part, at,
        fmt::format("shard {} is in {} too", to_word(reader.shard()), printable(readers_[known->second]->name())),
        "name one of them"));
  }
  std::vector<std::uint32_t> missing;
  for (std::uint32_t number = 1; number <= first.shard().of; ++number) {
    if (!by_number.contains(number)) missing.push_back(number);
  }
  if (!missing.empty()) {
    faults_.push_back(diagnose(Code::missing_part, {},
                               fmt::format("{} of {} shards {} missing: {}", missing.size(), first.shard().of,
                                           missing.size() == 1 ? "is" : "are", listed(missing))));
  }
  std::vector<std::unique_ptr<PartReader>> ordered;
  for (const auto& [number, i] : by_number) ordered.push_back(std::move(readers_[i]));
  readers_ = std::move(ordered);
}

void Parts::refuse_faults() const {
  if (!has_errors(faults_)) return;
  std::vector<Diagnostic> sorted = faults_;
  sort_and_unique(sorted);
  throw Stop{{2, "", rendered(sorted, sources_, colour_)}};
}

void Parts::refuse_other_files(const Question& question) const {
  if (readers_.front()->files() == fingerprint_of(question)) return;
  refuse("the files are not those that the parts are about", "ask every shard again, of the files as they are now",
         Code::bad_part);
}

}  // namespace firebreak::cli
