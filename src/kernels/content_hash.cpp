// SPDX-License-Identifier: Apache-2.0
#include "kernels/content_hash.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <new>

#include <xxhash.h>

namespace umb {

void ContentHash::Free::operator()(XXH3_state_s* state) const {
  ::XXH3_freeState(state);
}

ContentHash::ContentHash() : state_(::XXH3_createState()) {
  if (state_ == nullptr) throw std::bad_alloc();
  ::XXH3_128bits_reset(state_.get());
}

void ContentHash::add(std::string_view bytes) {
  ::XXH3_128bits_update(state_.get(), bytes.data(), bytes.size());
}

void ContentHash::add_field(std::string_view bytes) {
  add(std::to_string(bytes.size()) + ":");
  add(bytes);
}

std::string ContentHash::hex() const {
  const XXH128_hash_t hash = ::XXH3_128bits_digest(state_.get());
  std::array<char, 33> text{};
  (void)std::snprintf(text.data(), text.size(), "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                      static_cast<unsigned long long>(hash.low64));
  return text.data();
}

}  // namespace umb
