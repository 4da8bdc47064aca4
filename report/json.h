#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/describe.h"
#include "report/escape.h"

/// Writing a described value as JSON: the document's own fields a line each, the elements of its lists a line each, all
/// below on one line, so that a document reads, greps and diffs well.
namespace firebreak::report {

class JsonWriter {
 public:
  /// The value as a document of its own, ending with a newline.
  template <class T>
  [[nodiscard]] static std::string document(const T& value) {
    JsonWriter writer;
    writer.object(value);
    return std::move(writer.out_) + "\n";
  }

  /// One field; called by `describe`.
  template <class T>
  void operator()(std::string_view name, const T& value, std::string_view /*meaning*/) {
    if constexpr (IsAsked<T>::value) {
      if (value.value) (*this)(name, *value.value, {});
    } else {
      separate();
      append_json_string(out_, name);
      out_ += ": ";
      write(value);
    }
  }

  /// The value on one line, ending with a newline: for a stream of them.
  template <class T>
  [[nodiscard]] static std::string line(const T& value) {
    JsonWriter writer;
    writer.one_line_ = true;
    writer.object(value);
    return std::move(writer.out_) + "\n";
  }

 private:
  template <class T>
  void object(const T& value) {
    open('{');
    describe(*this, value);
    close('}');
  }

  template <class T>
  void write(const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      out_ += value ? "true" : "false";
    } else if constexpr (std::is_integral_v<T>) {
      out_ += std::to_string(value);
    } else if constexpr (std::is_enum_v<T>) {
      append_json_string(out_, word(value));
    } else if constexpr (std::is_same_v<T, Weight>) {
      number(value.value);
    } else if constexpr (is_text<T>) {
      append_json_string(out_, value);
    } else if constexpr (IsOptional<T>::value) {
      value ? write(*value) : void(out_ += "null");
    } else if constexpr (IsVector<T>::value) {
      list(value);
    } else if constexpr (IsNamed<T>::value) {
      open('{');
      (*this)(value.name, value.value, {});
      close('}');
    } else if constexpr (IsNamedList<T>::value) {
      open('{');
      for (const auto& one : value.values) (*this)(one.name, one.value, {});
      close('}');
    } else if constexpr (std::is_pointer_v<T>) {
      write(*value);
    } else {
      object(value);
    }
  }

  template <class T>
  void list(const std::vector<T>& items) {
    open('[');
    for (const T& item : items) {
      separate();
      write(item);
    }
    close(']');
  }

  void number(double value);
  void open(char bracket);
  void close(char bracket);
  void separate();
  void new_line();

  std::string out_;
  std::vector<bool> lines_;  ///< per open bracket: each of its items stands on a line of its own
  bool one_line_ = false;
  bool empty_ = true;  ///< nothing stands yet behind the last opening bracket
};

}  // namespace firebreak::report
