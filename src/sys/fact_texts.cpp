// SPDX-License-Identifier: Apache-2.0
#include "sys/fact_texts.h"

#include "base/text.h"

#include <vector>

namespace umb {

std::string encode_fact_texts(const Facts& facts) {
  std::string text;
  for (const Fact& fact : facts) text += fact.key + '\0' + fact_text(facts, fact.key) + '\0';
  return text;
}

Facts decode_fact_texts(std::string_view text) {
  const std::vector<std::string> words = split(text, '\0');
  Facts facts;
  for (size_t i = 0; i + 1 < words.size(); i += 2) {
    facts.push_back({words[i], words[i + 1].empty() ? FactValue() : FactValue(words[i + 1])});
  }
  return facts;
}

}  // namespace umb
