/// The parser says where it stumbled; the statement that lies there is reported and overwritten with blanks, or the one
/// before it when that left a bracket open. A faulty header takes its whole table with it, lest its keys fall to the
/// table above.
#include "topology/format/toml_mender.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "topology/format/keys.h"
#include "topology/wording.h"

namespace firebreak {
namespace {

constexpr std::size_t kMostFaults = 20;
constexpr std::size_t kMostInARow = 5;
constexpr std::size_t kMostParsed = std::size_t{64} << 20U;

std::string hint_for(std::string_view message) {
  const auto has = [message](std::string_view part) { return message.find(part) != std::string_view::npos; };
  if (has("could not determine value type")) return "texts stand in quotes; yes and no are written true and false";
  if (has("expected value, saw")) return "texts stand in quotes";
  if (message.starts_with("boolean")) return "write true or false";
  if (message.starts_with("inline table")) return "a table in braces stands on one line, without a comma at its end";
  if (message.starts_with("decimal integer: expected digit")) return "durations and other texts stand in quotes";
  if (has("unknown escape sequence")) return R"(a backslash itself is written \\)";
  return {};
}

bool is_unclosed_text(const TomlStatement& statement, std::string_view message) {
  return statement.unquoted != TomlStatement::kNowhere && message.find("string") < message.find(':');
}

/// Whether ids stand at the second place of a key.
bool defines_id(const std::vector<std::string>& path) {
  if (path.size() != 2) return false;
  const std::size_t index = kTopKeys.find(path[0]);
  return index != kTopKeys.kSize && kTopKeys[index].takes == Takes::tables;
}

/// Whether a key has too many parts, or something is too long. A dot that is part of a number does no harm.
bool has_excess(std::string_view text) {
  TomlLexer lexer(text);
  std::size_t dots = 0;
  for (TomlToken token = lexer.next(); token.type != TomlToken::Type::end; token = lexer.next()) {
    if (token.end - token.begin > kMaxTomlText && token.type != TomlToken::Type::comment) return true;
    if (token.is('.')) {
      if (++dots == kMaxKeyParts) return true;
    } else if (!token.is_key()) {
      dots = 0;
    }
  }
  return false;
}

}  // namespace

TomlMender::TomlMender(const InputFile& file, FileFaults& faults) : file_(file), faults_(&faults), source_(file.text) {
  if (!has_excess(file.text)) return;
  for (std::size_t at = 0; read_on(); ++at) {
    const TomlStatement& statement = statements_[at];
    const bool deep = statement.deep != TomlStatement::kNowhere;
    if ((!deep && statement.too_long == TomlStatement::kNowhere) || taken_out_[at]) continue;
    if (deep) {
      faults_->report(Code::too_large, place_of(file_, statement.deep),
                      fmt::format("a key of more than {} parts", kMaxKeyParts));
    } else {
      faults_->report(Code::too_large, place_of(file_, statement.too_long),
                      fmt::format("a text of more than {} MiB", kMaxTomlText >> 20U));
    }
    if (faults_->full()) break;
    take_out(at);
  }
}

/// Takes one more statement from the text; false at its end.
bool TomlMender::read_on() {
  TomlStatement statement;
  if (!source_.next(statement)) return false;
  statements_.push_back(std::move(statement));
  taken_out_.push_back(false);
  return true;
}

/// Takes all statements that start up to a line, and one more.
void TomlMender::read_to(std::uint32_t line) {
  while ((statements_.empty() || statements_.back().line <= line) && read_on()) continue;
}

bool TomlMender::mend(const TomlFault& fault) {
  const std::size_t at = blame(fault);
  const std::string why = why_last(at);
  Diagnostic diagnostic = judge(fault, at);
  if (!why.empty()) diagnostic.hint += (diagnostic.hint.empty() ? "" : "; ") + why;
  faults_->report(std::move(diagnostic));
  bool mended = why.empty() && !faults_->full();
  if (mended && at < statements_.size()) {
    take_out(at);
  } else if (mended) {
    mended = take_out_line(fault.line);
  }
  if (!mended) faults_->lost().add_text(file_.text);
  return mended;
}

/// The statement at fault, not taken out before; their number when the fault lies in none.
std::size_t TomlMender::blame(const TomlFault& fault) {
  read_to(fault.line);
  const auto after = std::upper_bound(statements_.begin(), statements_.end(), fault.line,
                                      [](std::uint32_t line, const TomlStatement& s) { return line < s.line; });
  if (after == statements_.begin()) return statements_.size();
  const auto at = static_cast<std::size_t>(after - statements_.begin()) - 1;
  const auto left_open = [&](std::size_t i) {
    return !taken_out_[i] &&
           (statements_[i].unclosed != TomlStatement::kNowhere || statements_[i].unquoted != TomlStatement::kNowhere);
  };
  if (fault.line > statements_[at].last_line) return left_open(at) ? at : statements_.size();
  if (at > 0 && fault.line == statements_[at].line && left_open(at - 1)) return at - 1;
  return taken_out_[at] ? statements_.size() : at;
}

/// Why the fault is the last one to be mended; empty when it is not.
std::string TomlMender::why_last(std::size_t at) {
  ++mended_faults_;
  in_a_row_ = at == after_last_ ? in_a_row_ + 1 : 1;
  parsed_ += at < statements_.size() ? statements_[at].begin : file_.text.size();
  after_last_ = at + 1;
  if (in_a_row_ >= kMostInARow) return "is this TOML? reading of this file ends here";
  if (mended_faults_ >= kMostFaults || parsed_ > kMostParsed) return "mend these first; reading of this file ends here";
  return {};
}

Diagnostic TomlMender::judge(const TomlFault& fault, std::size_t at) const {
  const Span place{file_.id, fault.line, fault.column};
  if (at == statements_.size()) return diagnose(Code::syntax, place, "broken " + fault.message);
  const TomlStatement& statement = statements_[at];
  if (is_unclosed_text(statement, fault.message)) {
    return diagnose(Code::syntax, place_of(file_, statement.unquoted), "a text without its closing quote");
  }
  const bool beyond = fault.line > statement.last_line || fault.message.find("end-of-file") != std::string::npos;
  if (statement.unclosed != TomlStatement::kNowhere && beyond) {
    const char bracket = file_.text[statement.unclosed];
    return diagnose(Code::syntax, place_of(file_, statement.unclosed),
                    fmt::format("'{}' without its '{}'", bracket, bracket == '[' ? ']' : '}'));
  }
  if (fault.message.find("cannot redefine") != std::string::npos) return judge_second(fault, at);
  if (fault.message == "value: could not determine value type") {
    const std::string_view rest = file_.text.substr(offset_of(file_.text, fault.line, fault.column));
    const std::string_view word = rest.substr(0, rest.find_first_of(" \t\r\n,]}#"));
    return diagnose(Code::syntax, place, quoted(word) + " is no TOML value", hint_for(fault.message));
  }
  const bool deep = fault.message.find("maximum nested value depth") != std::string::npos;
  return diagnose(deep ? Code::too_large : Code::syntax, place, "broken " + fault.message, hint_for(fault.message));
}

/// A key or header that is already there.
Diagnostic TomlMender::judge_second(const TomlFault& fault, std::size_t at) const {
  const std::size_t first = find_first(at);
  if (first == statements_.size()) {
    return diagnose(Code::duplicate_key, {file_.id, fault.line, fault.column}, "broken " + fault.message,
                    "keep one of them");
  }
  const TomlStatement& statement = statements_[at];
  const std::string& kind = statement.path.front();
  const std::string name = quoted(statement.path.back());
  const bool id = statement.is_header() && defines_id(statement.path);
  Diagnostic diagnostic = id ? diagnose(Code::duplicate_id, place_of(file_, statement.name),
                                        fmt::format("{} is already {} {}", name, kind == "identity" ? "an" : "a", kind),
                                        "ids share one namespace over all kinds")
                             : diagnose(Code::duplicate_key, place_of(file_, statement.name),
                                        fmt::format("{} is given twice", name), "keep one of them");
  diagnostic.related.push_back(
      {place_of(file_, statements_[first].name), id ? "first defined here" : "first given here"});
  return diagnostic;
}

/// The statement before `second` with the same key under the same header, or the header with the same key; their number
/// when there is none.
std::size_t TomlMender::find_first(std::size_t second) const {
  const TomlStatement& statement = statements_[second];
  if (statement.path.empty()) return statements_.size();
  for (std::size_t i = second; i-- > 0;) {
    if (statements_[i].is_header() && !statement.is_header()) break;
    const bool same_sort = statements_[i].is_header() == statement.is_header();
    if (same_sort && !taken_out_[i] && statements_[i].path == statement.path) return i;
  }
  return statements_.size();
}

/// The first header behind a statement; the number of statements when there is none.
std::size_t TomlMender::next_header(std::size_t at) {
  for (std::size_t i = at + 1; i < statements_.size() || read_on(); ++i) {
    if (statements_[i].is_header()) return i;
  }
  return statements_.size();
}

void TomlMender::take_out(std::size_t at) {
  const std::size_t next = next_header(at);
  const bool table = statements_[at].is_header();
  const std::size_t end = table ? next : at + 1;
  const std::size_t text_end = table && next < statements_.size() ? statements_[next].begin
                               : table                            ? file_.text.size()
                                       : std::min(file_.text.find('\n', statements_[at].end), file_.text.size());
  std::fill(taken_out_.begin() + static_cast<std::ptrdiff_t>(at), taken_out_.begin() + static_cast<std::ptrdiff_t>(end),
            true);
  after_last_ = end;
  blank(statements_[at].begin, text_end);

  std::size_t header = at;
  while (header > 0 && !statements_[header].is_header()) --header;
  const std::uint32_t last_line = next < statements_.size() ? statements_[next].line : statements_.back().last_line + 1;
  faults_->lost().add_places({file_.id, statements_[header].line, 0}, {file_.id, last_line, 0});
}

/// Takes out a line that belongs to no statement; false when there is nothing on it any more.
bool TomlMender::take_out_line(std::uint32_t line) {
  const std::size_t begin = offset_of(file_.text, line, 1);
  const std::size_t end = std::min(file_.text.find('\n', begin), file_.text.size());
  const std::string_view now = mended_.empty() ? file_.text : mended_;
  const std::string_view line_text = now.substr(begin, end - begin);
  if (line_text.find_first_not_of(" \r") == std::string_view::npos) return false;
  blank(begin, end);
  return true;
}

void TomlMender::blank(std::size_t begin, std::size_t end) {
  if (mended_.empty()) mended_ = file_.text;
  faults_->lost().add_text(file_.text.substr(begin, end - begin));
  std::replace_if(
      mended_.begin() + static_cast<std::ptrdiff_t>(begin), mended_.begin() + static_cast<std::ptrdiff_t>(end),
      [](char c) { return c != '\n' && c != '\r'; }, ' ');
}

}  // namespace firebreak
