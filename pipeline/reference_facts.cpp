#include "pipeline/reference_facts.h"

#include <map>
#include <utility>

#include "store/catalog.h"

namespace reelprint::pipeline {

ReferenceFactsOf stored_reference_facts(store::Store& store) {
  auto known = std::make_shared<std::map<ReferenceId, std::shared_ptr<const ReferenceFacts>>>();
  return [&store, known](ReferenceId id) -> std::shared_ptr<const ReferenceFacts> {
    if (const auto it = known->find(id); it != known->end()) return it->second;
    std::shared_ptr<ReferenceFacts> facts;
    if (auto entry = store.reference(id)) {
      facts = std::make_shared<ReferenceFacts>();
      facts->entry = std::move(*entry);
      for (const ExcludedInterval& excluded : store::Catalog(store.database()).excluded(id))
        facts->excluded.push_back(excluded.span);
    }
    return known->emplace(id, std::move(facts)).first->second;
  };
}

}  // namespace reelprint::pipeline
