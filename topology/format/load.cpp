/// All files are read first, then decoded one after the other into one builder, which judges them together. What the
/// builder finds is told only when it cannot be a mere consequence of text that was not read.
#include "firebreak/load.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

#include "firebreak/builder.h"

#include "topology/fingerprint.h"
#include "topology/format/file_faults.h"
#include "topology/format/header.h"
#include "topology/format/input_file.h"
#include "topology/format/load_packed.h"
#include "topology/format/read_file.h"
#include "topology/format/read_json.h"
#include "topology/format/read_toml.h"
#include "topology/utf8.h"
#include "topology/wording.h"

namespace firebreak {
namespace {

constexpr std::string_view kStandardInput = "-";
/// Columns and lines are 32 bits wide.
constexpr std::size_t kMaxFileSize = 0xFFFFFFFF;
/// The text of larger files is not kept once it is decoded. Where there is a helper they are read in halves.
constexpr std::size_t kMaxKeptText = std::size_t{16} << 20U;
constexpr std::size_t kChunk = std::size_t{1} << 20U;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct CloseFile {
  void operator()(std::FILE* file) const { (void)std::fclose(file); }
};
using OpenFile = std::unique_ptr<std::FILE, CloseFile>;

Diagnostic cannot_read(FileId file, int error) {
  return diagnose(Code::cannot_read, {file, 0, 0},
                  fmt::format("cannot read the file: {}", std::generic_category().message(error)));
}

/// Appends all of a file; reports what goes wrong.
void read_all(std::FILE* file, FileId id, std::string& text, std::vector<Diagnostic>& faults) {
  for (;;) {
    const std::size_t before = text.size();
    text.resize(before + kChunk);
    errno = 0;
    const std::size_t got = std::fread(text.data() + before, 1, kChunk, file);
    text.resize(before + got);
    if (text.size() > kMaxFileSize) {
      faults.push_back(diagnose(Code::too_large, {id, 0, 0}, "the file has 4 GiB or more", "split it"));
      return;
    }
    if (got == kChunk) continue;
    if (std::ferror(file) != 0) faults.push_back(cannot_read(id, errno != 0 ? errno : EIO));
    return;
  }
}

SourceFile read_source(const std::string& path, FileId id, std::vector<Diagnostic>& faults) {
  SourceFile source;
  if (path == kStandardInput) {
    source.name = "<stdin>";
    read_all(stdin, id, source.text, faults);
    return source;
  }
  source.name = path;
  errno = 0;
  const OpenFile file(std::fopen(path.c_str(), "rb"));
  if (!file) {
    faults.push_back(cannot_read(id, errno));
    return source;
  }
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (!error && size < kMaxFileSize) source.text.reserve(static_cast<std::size_t>(size) + kChunk);
  read_all(file.get(), id, source.text, faults);
  return source;
}

/// The bytes of a file that is large and not packed; nothing for all others, which are read as they come.
std::optional<FileBytes> read_large(const std::string& path, Helper* helper) {
  if (helper == nullptr || path == kStandardInput) return std::nullopt;
  return read_in_halves(path, kMaxKeptText + 1, kMaxFileSize, *helper);
}

/// Unpacks what is packed; reports what is wrong with it.
void unpack_source(SourceFile& source, FileId id, std::vector<Diagnostic>& faults) {
  const Packing packing = packing_of(source.text);
  switch (unpack(source.text, packing, kMaxFileSize)) {
    case Unpacking::done:
      return;
    case Unpacking::damaged:
      faults.push_back(diagnose(Code::cannot_read, {id, 0, 0},
                                fmt::format("the {} data of the file are damaged", to_string(packing))));
      return;
    case Unpacking::cut_off:
      faults.push_back(diagnose(Code::cannot_read, {id, 0, 0},
                                fmt::format("the {} data of the file end too early", to_string(packing))));
      return;
    case Unpacking::too_large:
      faults.push_back(diagnose(Code::too_large, {id, 0, 0}, "the file unpacks to 4 GiB or more", "split it"));
      return;
  }
}

/// What tells whether two paths are the same file.
std::string identity_of(const std::string& path) {
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::weakly_canonical(path, error);
  return error || path == kStandardInput ? path : whole.string();
}

std::size_t first_character(std::string_view text) {
  return std::min(text.find_first_not_of(" \t\r\n"), text.size());
}

bool is_blank(std::string_view text) {
  return first_character(text) == text.size();
}

bool is_json(std::string_view name, std::string_view text) {
  return name_inside(name).ends_with(".json") || text.substr(first_character(text)).starts_with('{');
}

void report_bad_byte(const InputFile& file, std::size_t at, FileFaults& faults) {
  const bool wide = file.text.starts_with("\xFF\xFE") || file.text.starts_with("\xFE\xFF");
  faults.report(Code::not_utf8, place_of(file, at),
                fmt::format("byte 0x{:02x} is not valid UTF-8", static_cast<unsigned char>(file.text[at])),
                wide ? "it looks like UTF-16; save it as UTF-8" : "save the file as UTF-8");
  faults.lost().add_text(file.text);
}

/// The loading of files into one topology.
class Loading {
 public:
  Loading(Loaded& loaded, Helper* helper) : loaded_(&loaded), helper_(helper) {}

  void decode(FileId id) {
    SourceFile& source = loaded_->sources[id];
    if (source.text.starts_with(kByteOrderMark)) source.text.erase(0, kByteOrderMark.size());
    const bool kept = source.text.size() <= kMaxKeptText;
    decode(source, {id, source.text, false, kept});
    if (!kept) std::string().swap(source.text);
  }

  /// The same of a file whose text is not kept.
  void decode(FileId id, const FileBytes& bytes) {
    std::string_view text = bytes.view();
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    decode(loaded_->sources[id], {id, text, false, false});
  }

  /// Notes that a whole file could not be read.
  void lose_file() { lost_.add_everything(); }

  void finish() {
    header_.finish(builder_);
    TopologyBuilder::Result result = builder_.finish();
    const bool faulty = has_errors(loaded_->diagnostics);
    for (Diagnostic& diagnostic : result.diagnostics) {
      // Warnings of a topology that is not all there mean little.
      if (faulty && diagnostic.severity != Severity::error) continue;
      if (!lost_.explains(diagnostic)) loaded_->diagnostics.push_back(std::move(diagnostic));
    }
    sort_and_unique(loaded_->diagnostics);
    limit_per_file(loaded_->diagnostics);
    if (!has_errors(loaded_->diagnostics)) loaded_->topology = std::move(result.topology);
  }

 private:
  void decode(SourceFile& source, InputFile file) {
    Helper* const helper = file.kept ? nullptr : helper_;
    do_both(
        helper, [&] { source.fingerprint = fingerprint(file.text); }, [&] { file.ascii = is_ascii(file.text); });
    FileFaults faults(loaded_->diagnostics, lost_, file.id);
    const std::size_t bad = file.ascii ? file.text.size() : first_bad_byte(file.text);
    if (bad < file.text.size()) {
      report_bad_byte(file, bad, faults);
    } else if (is_json(source.name, file.text)) {
      if (is_blank(file.text)) {
        faults.report(Code::no_input, place_of(file, 0), "the file is empty", "an empty topology is written {}");
      } else {
        read_json(file, builder_, header_, faults, helper);
      }
    } else {
      read_toml(file, builder_, header_, faults);
    }
  }

  Loaded* loaded_;
  Helper* helper_;
  TopologyBuilder builder_;
  Header header_;
  LostInput lost_;
};

}  // namespace

Loaded load(std::span<const std::string> paths, Helper* helper) {
  Loaded loaded;
  if (paths.empty()) {
    loaded.diagnostics.push_back(
        diagnose(Code::no_input, {}, "no topology file is named", "name one, or '-' for standard input"));
    return loaded;
  }
  Loading loading(loaded, helper);
  std::set<std::string> known;
  std::vector<FileId> whole;
  std::map<FileId, FileBytes> large;
  for (const std::string& path : paths) {
    const FileId id = loaded.sources.next_id();
    if (!known.insert(identity_of(path)).second) {
      loaded.diagnostics.push_back(diagnose(
          Code::no_effect, {}, fmt::format("{} is named twice", quoted(std::string_view(path))), "it is read once"));
      continue;
    }
    if (std::optional<FileBytes> bytes = read_large(path, helper)) {
      loaded.sources.push_back({path, {}, 0});
      large.emplace(id, std::move(*bytes));
      whole.push_back(id);
      continue;
    }
    const std::size_t faults = loaded.diagnostics.size();
    loaded.sources.push_back(read_source(path, id, loaded.diagnostics));
    unpack_source(loaded.sources[id], id, loaded.diagnostics);
    if (faults == loaded.diagnostics.size()) {
      whole.push_back(id);
      continue;
    }
    std::string().swap(loaded.sources[id].text);
    loading.lose_file();
  }
  for (const FileId id : whole) {
    if (const auto found = large.find(id); found != large.end()) {
      loading.decode(id, found->second);
      large.erase(found);
    } else {
      loading.decode(id);
    }
  }
  loading.finish();
  return loaded;
}

Loaded load_texts(std::vector<SourceFile> files, Helper* helper) {
  Loaded loaded;
  Loading loading(loaded, helper);
  std::vector<FileId> whole;
  for (SourceFile& file : files) {
    const FileId id = loaded.sources.push_back(std::move(file));
    const std::size_t faults = loaded.diagnostics.size();
    unpack_source(loaded.sources[id], id, loaded.diagnostics);
    if (faults == loaded.diagnostics.size()) {
      whole.push_back(id);
    } else {
      loading.lose_file();
    }
  }
  for (const FileId id : whole) loading.decode(id);
  loading.finish();
  return loaded;
}

}  // namespace firebreak
