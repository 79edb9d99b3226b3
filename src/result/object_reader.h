// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/facts.h"
#include "result/load_notes.h"
#include "result/result_node.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// One decoding of a tree: the first thing that is wrong in it is kept, and all that comes later is ignored.
struct DecodeState {
  std::string name;  ///< of the file
  LoadNotes& notes;
  std::optional<Error> error = {};

  /// "cannot read NAME: line LINE, POINTER: WHAT".
  void wrong(const ResultNode& node, const std::string& pointer, const std::string& what, const std::string& hint = {});
  [[nodiscard]] bool failed() const { return error.has_value(); }
};

/// The keys of one object of the tree, each into its variable, checked. A key that is missing is wrong unless the
/// method says otherwise; keys that nobody asked for are unknown ones.
class ObjectReader {
 public:
  ObjectReader(const ResultNode& node, std::string pointer, DecodeState& state);

  void text(const char* key, std::string& to);
  /// null is "".
  void text_or_null(const char* key, std::string& to);
  void word(const char* key, std::string& to, const std::vector<std::string_view>& words);
  void boolean(const char* key, bool& to);
  /// Left alone when the key is missing.
  void boolean_if_there(const char* key, bool& to);
  void integer(const char* key, int64_t& to, int64_t minimum = 0, int64_t maximum = INT64_MAX);
  void unsigned_integer(const char* key, uint64_t& to);
  /// A whole number that is not negative.
  void count(const char* key, size_t& to);
  void number(const char* key, double& to);
  void numbers(const char* key, std::vector<double>& to);
  /// A number that is not negative, or null.
  void share(const char* key, std::optional<double>& to);
  void texts(const char* key, std::vector<std::string>& to);
  void facts(const char* key, Facts& to);
  void text_if_there(const char* key, std::string& to);

  using Take = std::function<void(const ResultNode& item, const std::string& pointer)>;
  void each(const char* key, const Take& take);  ///< of a list
  using TakeMember = std::function<void(const ResultMember& member, const std::string& pointer)>;
  void each_member(const char* key, const TakeMember& take);  ///< of an object
  /// Any value; nullptr when it is missing, which is not wrong.
  [[nodiscard]] const ResultNode* look(const char* key);
  /// Any value; nullptr when it is missing, which is wrong.
  [[nodiscard]] const ResultNode* need(const char* key);

  [[nodiscard]] std::string pointer_to(std::string_view key) const;
  /// Says what is wrong with the value of a key.
  void wrong(const char* key, const std::string& what, const std::string& hint = {});
  /// Warns of the keys that were not asked for.
  void finish();

 private:
  template <typename T>
  const T* get(const char* key, const char* wanted);
  const ResultNode& node_;
  std::string pointer_;
  DecodeState& state_;
  std::vector<std::string_view> asked_;
};

}  // namespace umb
