#pragma once

#include <array>
#include <cstddef>
#include <tuple>
#include <utility>
#include <vector>

#include "firebreak/builder.h"
#include "firebreak/workers.h"

#include "topology/format/passed_text.h"

namespace firebreak {

/// Some declarations, in the order they were read, and the texts they look into. They are used again and again, so that
/// their lists keep their memory.
class DeclBatch {
 public:
  /// The next declaration of a kind; it still holds what it held when it was last used.
  template <class Decl>
  [[nodiscard]] Decl& next() {
    auto& row = std::get<Row<Decl>>(rows_);
    if (row.used == row.decls.size()) row.decls.emplace_back();
    return row.decls[row.used];
  }
  /// Takes the next declaration of a kind in.
  template <class Decl>
  void keep() {
    ++std::get<Row<Decl>>(rows_).used;
    order_.push_back([](DeclBatch& batch, TopologyBuilder& builder) {
      auto& row = std::get<Row<Decl>>(batch.rows_);
      builder.add(row.decls[row.built++]);
    });
  }
  [[nodiscard]] std::size_t size() const { return order_.size(); }
  void set_texts(PassedText texts) { texts_ = std::move(texts); }

  /// Declares all of it; it is empty afterwards.
  void build(TopologyBuilder& builder) {
    for (const Add add : order_) add(*this, builder);
    order_.clear();
    std::apply([](auto&... row) { ((row.used = row.built = 0), ...); }, rows_);
    texts_.free();
  }

 private:
  using Add = void (*)(DeclBatch&, TopologyBuilder&);
  template <class Decl>
  struct Row {
    std::vector<Decl> decls;
    std::size_t used = 0;
    std::size_t built = 0;
  };

  std::tuple<Row<ZoneDecl>, Row<SiteDecl>, Row<SystemDecl>, Row<IdentityDecl>, Row<ServiceDecl>, Row<CustomerDecl>,
             Row<LinkDecl>, Row<PolicyDecl>, Row<PivotDecl>, Row<ScenarioDecl>, Row<RequireDecl>>
      rows_;
  std::vector<Add> order_;
  PassedText texts_;
};

/// Declarations on their way from a reader to a builder, by batches: where there is a helper, one is built while the
/// reader makes the next. To be made behind the reader and all that its texts look into, so that it ends before them.
class DeclQueue {
 public:
  DeclQueue(TopologyBuilder& builder, Helper* helper) : builder_(&builder), helper_(helper) {}
  ~DeclQueue() {
    if (helper_ != nullptr) helper_->settle();
  }
  DeclQueue(const DeclQueue&) = delete;
  DeclQueue& operator=(const DeclQueue&) = delete;

  /// The batch that is being made.
  [[nodiscard]] DeclBatch& batch() { return batches_[making_]; }

  /// Has the batch built if it is large enough; without a helper one declaration is.
  template <class Reader>
  void pass_on(Reader& reader) {
    if (helper_ == nullptr || batch().size() >= kMost || reader.unpassed() >= kMuch) build(reader);
  }
  /// Has all of it built, and waits for that.
  template <class Reader>
  void finish(Reader& reader) {
    build(reader);
    if (helper_ != nullptr) helper_->await();
  }

 private:
  /// So large that handing one over costs little, so small that it stays in the cache.
  static constexpr std::size_t kMost = 2048;
  static constexpr std::size_t kMuch = std::size_t{1} << 17U;  ///< bytes of the file

  template <class Reader>
  void build(Reader& reader) {
    DeclBatch& made = batch();
    made.set_texts(reader.pass());
    if (helper_ == nullptr) return made.build(*builder_);
    helper_->await();
    helper_->begin([&made, builder = builder_] { made.build(*builder); });
    making_ = 1 - making_;
  }

  TopologyBuilder* builder_;
  Helper* helper_;
  std::array<DeclBatch, 2> batches_;
  std::size_t making_ = 0;
};

}  // namespace firebreak
