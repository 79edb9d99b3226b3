// SPDX-License-Identifier: Apache-2.0
// Facts that are texts, on their way from one of our processes to another.
#pragma once

#include "model/facts.h"

#include <string>
#include <string_view>

namespace umb {

/// Every fact with its text; one that is unknown, or no text, arrives as unknown. No key or text has a NUL in it.
[[nodiscard]] std::string encode_fact_texts(const Facts& facts);
[[nodiscard]] Facts decode_fact_texts(std::string_view text);

}  // namespace umb
