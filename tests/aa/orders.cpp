// SPDX-License-Identifier: Apache-2.0
#include "orders.h"

namespace umb::aa {

namespace {

bool on_a(size_t place, size_t boots_a_side, Order order) {
  return order == Order::kBlocks ? place < boots_a_side : place % 4 == 0 || place % 4 == 3;
}

Groups window(const Series& series, size_t start, size_t boots_a_side, Order order) {
  Groups groups;
  for (size_t place = 0; place < 2 * boots_a_side; ++place) {
    (on_a(place, boots_a_side, order) ? groups.a : groups.b).push_back(&series.boots[start + place]);
  }
  return groups;
}

}  // namespace

OrderCount count_order(const std::vector<Set>& sets, size_t boots_a_side, Order order) {
  OrderCount count;
  for (const Set& set : sets) {
    for (const Series& series : set) {
      for (size_t start = 0; start + 2 * boots_a_side <= series.boots.size(); ++start) {
        const Ruling ruling = rule(window(series, start, boots_a_side, order), 1);
        ++count.windows;
        if (ruling.judged.p_value.has_value() && *ruling.judged.p_value <= kAlpha) ++count.alarms;
      }
    }
  }
  return count;
}

}  // namespace umb::aa
