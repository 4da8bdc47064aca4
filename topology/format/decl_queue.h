#pragma once

#include <array>
#include <cstddef>
#include <tuple>

#include "firebreak/builder.h"
#include "firebreak/workers.h"

#include "topology/format/decl_batch.h"
#include "topology/format/passed_text.h"

namespace firebreak {

/// Declarations on their way from a reader to a builder: one by one, or by batches, of which one is built while the
/// reader makes the next. To be made behind the reader and all that its texts look into, so that it ends before them.
class DeclQueue {
 public:
  explicit DeclQueue(TopologyBuilder& builder) : builder_(&builder) {}
  /// By batches where there is a helper; all places are in this file.
  DeclQueue(TopologyBuilder& builder, Helper* helper, FileId file) : builder_(&builder), helper_(helper) {
    for (DeclBatch& batch : batches_) batch.set_file(file);
  }
  ~DeclQueue() {
    if (helper_ != nullptr) helper_->settle();
  }
  DeclQueue(const DeclQueue&) = delete;
  DeclQueue& operator=(const DeclQueue&) = delete;

  /// Where the next declaration of a kind is to be made; it still holds what it held when it was last used.
  template <class Decl>
  [[nodiscard]] Decl& next() {
    return std::get<Decl>(made_);
  }
  /// Takes it in. What is large in it may be moved out.
  template <class Decl>
  void keep(Decl& decl) {
    if (helper_ == nullptr) {
      builder_->add(decl);
    } else {
      batches_[making_].add(decl);
    }
  }
  /// Ends the life of the texts that the reader handed out: at once, or once the batch is built, which it is if it is
  /// large enough.
  template <class Reader>
  void pass_on(Reader& reader) {
    if (helper_ == nullptr) {
      reader.pass().free();
    } else if (batches_[making_].size() >= kMost || reader.unpassed() >= kMuch) {
      build(reader);
    }
  }
  /// Has all of it built, and waits for that.
  template <class Reader>
  void finish(Reader& reader) {
    if (helper_ == nullptr) return reader.pass().free();
    build(reader);
    helper_->await();
  }

 private:
  /// So large that what one writes has left the cache of the other, small enough that both begin soon.
  static constexpr std::size_t kMost = 16384;
  static constexpr std::size_t kMuch = std::size_t{1} << 20U;  ///< bytes of the file

  template <class Reader>
  void build(Reader& reader) {
    DeclBatch& batch = batches_[making_];
    batch.set_texts(reader.pass());
    helper_->await();
    helper_->begin([&batch, this] { batch.build(*builder_, unpacked_); });
    making_ = 1 - making_;
  }

  std::array<DeclBatch, 2> batches_;
  DeclBatch::Unpacked unpacked_;
  TopologyBuilder* builder_;
  Helper* helper_ = nullptr;
  std::size_t making_ = 0;
  DeclBatch::Kinds made_;
};

}  // namespace firebreak
