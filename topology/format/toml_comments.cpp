/// One walk over the tokens keeps the path of what is being read. Comments wait until it is clear what they belong to:
/// the next statement or item, or the end of a table or list.
#include "topology/format/toml_comments.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "topology/format/toml_lexer.h"

namespace firebreak {
namespace {

/// Without blank lines at the start, and never two in a row.
std::vector<std::string> tidy(std::vector<std::string> lines) {
  std::vector<std::string> kept;
  for (std::string& line : lines) {
    if (!line.empty() || (!kept.empty() && !kept.back().empty())) kept.push_back(std::move(line));
  }
  return kept;
}

std::vector<std::string> without_last_blank(std::vector<std::string> lines) {
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

void append(std::vector<std::string>& to, const std::vector<std::string>& lines) {
  to.insert(to.end(), lines.begin(), lines.end());
}

bool starts_with(const KeyPath& path, const KeyPath& prefix) {
  return path.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), path.begin());
}

}  // namespace

class TomlCommentReader {
 public:
  TomlCommentReader(std::string_view text, TomlComments& comments) : text_(text), lexer_(text), comments_(&comments) {}

  void read() {
    advance();
    for (; token_.type != Type::end; first_ = false) {
      collect_lines();
      if (token_.type == Type::end) break;
      if (token_.is('[')) {
        read_header();
      } else {
        read_key_value();
      }
    }
    give_rest();
  }

 private:
  using Type = TomlToken::Type;

  /// A list or table in a value: the length of its path, and how many items a list had so far.
  struct Frame {
    std::size_t depth = 0;
    bool list = false;
    std::size_t items = 0;
    bool in_item = false;
  };

  void advance() { token_ = lexer_.next(); }

  [[nodiscard]] std::string comment() const {
    const std::string_view line = text_.substr(token_.begin, token_.end - token_.begin);
    const std::size_t last = line.find_last_not_of(" \t\r");
    return std::string(line.substr(0, last + 1));
  }

  /// Takes comments and blank lines between statements.
  void collect_lines() {
    while (token_.type == Type::newline || token_.type == Type::comment) {
      if (token_.type == Type::newline) {
        lines_.emplace_back();
        advance();
        continue;
      }
      lines_.push_back(comment());
      advance();
      if (token_.type == Type::newline) advance();
    }
  }

  /// Takes the comment behind a statement and the end of its line.
  void finish_line(const KeyPath& path) {
    if (token_.type == Type::comment) {
      comments_->notes_[path].behind = comment();
      advance();
    }
    if (token_.type == Type::newline) advance();
  }

  /// Gives the first lines that wait to the table above, when they stand directly below it and apart from what follows.
  void give_to_table() {
    if (first_ || lines_.empty() || lines_.front().empty()) return;
    const auto blank = std::find(lines_.begin(), lines_.end(), std::string());
    if (blank == lines_.end() && token_.type != Type::end) return;
    append(comments_->notes_[table_].last, {lines_.begin(), blank});
    lines_.erase(lines_.begin(), blank);
  }

  /// Gives the lines at the start of the file, up to the last blank one, to the file.
  void give_to_file() {
    const auto blank = std::find(lines_.rbegin(), lines_.rend(), std::string());
    comments_->head_ = without_last_blank(tidy({lines_.begin(), blank.base()}));
    lines_.erase(lines_.begin(), blank.base());
  }

  void give_before(const KeyPath& path) {
    const std::vector<std::string> lines = tidy(std::exchange(lines_, {}));
    if (!lines.empty()) append(comments_->notes_[path].before, lines);
  }

  void give_rest() {
    if (first_) {
      comments_->head_ = without_last_blank(tidy(std::move(lines_)));
      return;
    }
    give_to_table();
    comments_->end_ = without_last_blank(tidy(std::move(lines_)));
  }

  /// Takes a key of one or more parts and appends it to the path.
  void read_key(KeyPath& path) {
    for (;;) {
      path.push_back(key_text(text_, token_));
      advance();
      if (!token_.is('.')) return;
      advance();
    }
  }

  /// The path with the index of the last item after the key of each list of tables.
  [[nodiscard]] KeyPath with_indices(const KeyPath& key) const {
    KeyPath path;
    for (const std::string& part : key) {
      path.push_back(part);
      if (const auto list = lists_.find(path); list != lists_.end()) path.push_back(std::to_string(list->second));
    }
    return path;
  }

  void read_header() {
    if (first_) {
      give_to_file();
    } else {
      give_to_table();
    }
    advance();
    const bool list = token_.is('[');
    if (list) advance();
    KeyPath key;
    read_key(key);
    if (list) {
      KeyPath path = with_indices({key.begin(), std::prev(key.end())});
      path.push_back(key.back());
      const auto [entry, is_new] = lists_.try_emplace(path, 0);
      if (!is_new) ++entry->second;
    }
    table_ = with_indices(key);
    comments_->keys_.insert(table_);
    give_before(table_);
    while (token_.is(']')) advance();
    finish_line(table_);
  }

  void read_key_value() {
    if (first_) give_to_file();
    KeyPath path = table_;
    read_key(path);
    comments_->keys_.insert(path);
    give_before(path);
    advance();
    read_value(path);
    finish_line(path);
  }

  /// Takes a value, whose comments belong to its items.
  void read_value(KeyPath path) {
    std::vector<Frame> frames;
    bool line_has_item = false;  // whether an item ended on this line
    do {
      const bool in_list = !frames.empty() && frames.back().list;
      if (token_.type == Type::newline) {
        line_has_item = false;
      } else if (token_.type == Type::comment) {
        take_inner_comment(path, frames, line_has_item);
      } else if (token_.is('[') || token_.is('{')) {
        begin_item(path, frames);
        frames.push_back({path.size(), token_.is('[')});
      } else if (token_.is(']') || token_.is('}')) {
        end_item(path, frames);
        give_last(path);
        frames.pop_back();
        line_has_item = true;
      } else if (token_.is(',')) {
        end_item(path, frames);
        line_has_item = true;
      } else if (!frames.empty() && !in_list && path.size() == frames.back().depth) {
        give_before(path);
        read_key(path);  // up to the "="
        comments_->keys_.insert(path);
      } else {
        begin_item(path, frames);
        line_has_item = true;
      }
      advance();
    } while (token_.type != Type::end && (!frames.empty() || in_scalar()));
  }

  /// Whether the token not yet taken goes on with a value outside all lists and tables.
  [[nodiscard]] bool in_scalar() const { return token_.type != Type::newline && token_.type != Type::comment; }

  /// The next item of a list starts here, unless it has started already.
  void begin_item(KeyPath& path, std::vector<Frame>& frames) {
    if (frames.empty() || !frames.back().list || frames.back().in_item) return;
    Frame& frame = frames.back();
    frame.in_item = true;
    path.push_back(std::to_string(frame.items++));
    give_before(path);
  }

  static void end_item(KeyPath& path, std::vector<Frame>& frames) {
    frames.back().in_item = false;
    path.resize(frames.back().depth);
  }

  void take_inner_comment(const KeyPath& path, const std::vector<Frame>& frames, bool line_has_item) {
    KeyPath item(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(frames.back().depth));
    const bool behind = line_has_item && frames.back().list && frames.back().items > 0;
    if (behind) item.push_back(std::to_string(frames.back().items - 1));
    if (behind && comments_->notes_[item].behind.empty()) {
      comments_->notes_[item].behind = comment();
    } else {
      lines_.push_back(comment());
    }
  }

  void give_last(const KeyPath& path) {
    if (!lines_.empty()) append(comments_->notes_[path].last, std::exchange(lines_, {}));
  }

  std::string_view text_;
  TomlLexer lexer_;
  TomlToken token_;
  TomlComments* comments_;
  std::vector<std::string> lines_;        ///< that wait
  KeyPath table_;                         ///< of the last header
  std::map<KeyPath, std::size_t> lists_;  ///< of tables, and the index of their last item
  bool first_ = true;                     ///< no statement was read yet
};

TomlComments::TomlComments(std::string_view text) {
  TomlCommentReader(text, *this).read();
}

void TomlComments::settle(const std::set<KeyPath>& places) {
  for (auto note = notes_.begin(); note != notes_.end();) {
    const KeyPath& path = note->first;
    if (places.contains(path)) {
      ++note;
      continue;
    }
    std::vector<std::string> lines = std::move(note->second.before);
    if (!note->second.behind.empty()) lines.push_back(std::move(note->second.behind));
    append(lines, note->second.last);
    const auto below = places.lower_bound(path);
    if (below != places.end() && starts_with(*below, path)) {
      append(notes_[*below].before, lines);
    } else {
      KeyPath above = path;
      while (!above.empty() && !places.contains(above)) above.pop_back();
      append(above.empty() ? end_ : notes_[above].before, lines);
    }
    note = notes_.erase(note);
  }
}

const TomlNotes& TomlComments::at(const KeyPath& path) const {
  static const TomlNotes kNone;
  const auto found = notes_.find(path);
  return found == notes_.end() ? kNone : found->second;
}

bool TomlComments::any_below(const KeyPath& path) const {
  auto next = notes_.upper_bound(path);
  return next != notes_.end() && starts_with(next->first, path);
}

}  // namespace firebreak
