#include "tests/unit/generated_facts.hpp"

#include "interpreter/calendar.hpp"

#include <algorithm>

namespace rung::generated {

int days(const std::string& iso) {
    return iso == "never" ? never : Date::parse(iso).value.days_since_1970();
}
std::string iso(int day) { return Date::from_days(day)->to_string(); }

const std::string review_date = "2023-02-15";
const int on = days(review_date);

const std::string contract = R"(program    trial
version    2023
effective  2020-01-01 onwards

record part
  size    whole number  at least 0
  ok      yes/no

record portal named by id
  id      text
  worth   whole number  at least 0
  open    yes/no
  next    item of portals by id

record line named by label
  label   text
  points  whole number
  weight  whole number  at least 0
  on      date
  ends    date or never
  kind    one of p, q, or other
  tags    any of r, s
  live    yes/no
  via     item of portals by id
  parts   list of part

facts
  f0  yes/no
  f1  yes/no
  f2  yes/no
  f3  yes/no
  f4  yes/no  default no
  n0  whole number  at least 0
  n1  whole number
  n2  whole number  at least 1 at most 3
  n3  whole number  default 2
  d0  date
  d1  date
  e0  date or never
  e1  date or never
  k0  one of p, q, or other
  k1  one of p, q, or other
  t0  any of r, s
  w0  text
  w1  text
  r0  item of portals by id
  r1  item of portals by id
  l0  list of line
  l1  list of line
  portals  list of portal
)";

namespace {

using Kind = Slot::Kind;

const std::vector<Slot> part_slots{{"size", Kind::number, 0, 3}, {"ok", Kind::yes_no}};
const std::vector<Slot> portal_slots{{"id", Kind::id},
                                     {"worth", Kind::number, 0, 4},
                                     {"open", Kind::yes_no},
                                     {"next", Kind::reference}};
const std::vector<Slot> line_slots{
    {"label", Kind::text},          {"points", Kind::number, -1, 4},
    {"weight", Kind::number, 0, 3}, {"on", Kind::date},
    {"ends", Kind::date_or_never},  {"kind", Kind::choice},
    {"tags", Kind::choices},        {"live", Kind::yes_no},
    {"via", Kind::reference},       {"parts", Kind::list, 0, 0, &part_slots}};

/// More than the records that a list may come to, so that each has one of its own.
const std::vector<std::string> ids{"a", "b", "c", "d", "e"};

bool holds(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

bool is_given(const Json& object, const std::string& key) {
    return object.contains(key) && !object[key].is_null();
}

} // namespace

const std::vector<Slot> fact_slots{{"f0", Kind::yes_no},
                                   {"f1", Kind::yes_no},
                                   {"f2", Kind::yes_no},
                                   {"f3", Kind::yes_no},
                                   {"n0", Kind::number, 0, 4},
                                   {"n1", Kind::number, -2, 4},
                                   {"n2", Kind::number, 1, 3},
                                   {"d0", Kind::date},
                                   {"d1", Kind::date},
                                   {"e0", Kind::date_or_never},
                                   {"e1", Kind::date_or_never},
                                   {"k0", Kind::choice},
                                   {"k1", Kind::choice},
                                   {"t0", Kind::choices},
                                   {"w0", Kind::text},
                                   {"w1", Kind::text},
                                   {"r0", Kind::reference},
                                   {"r1", Kind::reference},
                                   {"l0", Kind::list, 0, 0, &line_slots},
                                   {"l1", Kind::list, 0, 0, &line_slots},
                                   {"portals", Kind::list, 0, 0, &portal_slots}};

std::string Partner::text() const {
    Json text{{"facts", facts}, {"incomplete", incomplete}};
    if (held.size() == 1 && held.contains("")) {
        text["held"] = held[""];
    } else if (!held.empty()) {
        text["held"] = held;
    }
    return text.dump();
}

Partner
Partners::partner(int chance,
                  const std::vector<std::pair<std::string, std::vector<std::string>>>& tiers) {
    Partner partner;
    partner.facts = object(fact_slots);
    lose(partner, partner.facts, fact_slots, chance, "");
    for (const auto& [ladder, names] : tiers) {
        if (dice_.one_in(2)) {
            Json& held = partner.held[ladder] = this->held(names);
            for (const char* day : {"since", "protected_until"}) {
                if (dice_.percent(chance)) {
                    forget(held, day);
                }
            }
        }
    }
    return partner;
}

Partner Partners::completed(const Partner& partner) {
    Partner made;
    made.facts = completed(partner.facts, fact_slots, "", partner.incomplete);
    made.held = partner.held;
    for (Json& held : made.held) {
        for (const char* day : {"since", "protected_until"}) {
            if (!is_given(held, day)) {
                held[day] = iso(on + dice_.from(-40, 10));
            }
        }
    }
    return made;
}

Json Partners::any(const Slot& slot) {
    switch (slot.kind) {
    case Kind::yes_no:
        return dice_.one_in(2);
    case Kind::number:
        return dice_.from(slot.low, slot.high);
    case Kind::date:
        return iso(on + dice_.from(-40, 10));
    case Kind::date_or_never:
        return dice_.one_in(4) ? std::string("never") : iso(on + dice_.from(-40, 10));
    case Kind::choice:
        return dice_.of(others_ ? std::vector<std::string>{"p", "q", "z1", "z2"}
                                : std::vector<std::string>{"p", "q"});
    case Kind::choices:
        return dice_.of(std::vector<Json>{Json::array(), {"r"}, {"s"}, {"r", "s"}});
    case Kind::text:
        return dice_.of(std::vector<std::string>{"a", "b"});
    case Kind::reference:
        return dice_.of(std::vector<std::string>{"a", "b", "c"});
    case Kind::id: // that of its list: see name_records
        return nullptr;
    case Kind::list:
        break;
    }
    Json list = Json::array();
    for (int count = dice_.from(0, 3); count > 0; --count) {
        list.push_back(object(*slot.record));
    }
    name_records(list, *slot.record);
    return list;
}

Json Partners::object(const std::vector<Slot>& slots) {
    Json made = Json::object();
    for (const Slot& slot : slots) {
        made[slot.name] = any(slot);
    }
    return made;
}

/// Gives each record without an id one that no other has.
void Partners::name_records(Json& list, const std::vector<Slot>& record) {
    if (record.front().kind != Kind::id) {
        return;
    }
    const std::string& key = record.front().name;
    std::vector<std::string> free = ids;
    for (const Json& item : list) {
        if (is_given(item, key)) {
            std::erase(free, item[key].get<std::string>());
        }
    }
    dice_.shuffle(free);
    for (Json& item : list) {
        if (!is_given(item, key)) {
            item[key] = free.back();
            free.pop_back();
        }
    }
}

void Partners::forget(Json& object, const std::string& key) {
    if (dice_.one_in(4)) {
        object[key] = nullptr;
    } else {
        object.erase(key);
    }
}

/// Takes away some of what is known.
void Partners::lose(Partner& partner, Json& object, const std::vector<Slot>& slots, int chance,
                    const std::string& path) {
    for (const Slot& slot : slots) {
        const std::string here = path + "/" + slot.name;
        if (dice_.percent(chance)) {
            forget(object, slot.name);
            continue;
        }
        if (slot.kind != Kind::choices && slot.kind != Kind::list) {
            continue;
        }
        Json& members = object[slot.name];
        if (dice_.percent(chance / 2)) {
            if (!members.empty() && dice_.one_in(2)) {
                members.erase(0);
            }
            partner.incomplete.push_back(here);
        }
        for (std::size_t i = 0; slot.kind == Kind::list && i < members.size(); ++i) {
            lose(partner, members[i], *slot.record, chance, here + "/" + std::to_string(i));
        }
    }
}

Json Partners::completed(const Json& object, const std::vector<Slot>& slots,
                         const std::string& path, const std::vector<std::string>& incomplete) {
    Json made = object;
    for (const Slot& slot : slots) {
        const std::string here = path + "/" + slot.name;
        if (!is_given(made, slot.name)) {
            made[slot.name] = any(slot);
        } else if (slot.kind == Kind::list) {
            complete_list(made[slot.name], slot, here, incomplete);
        } else if (slot.kind == Kind::choices && holds(incomplete, here)) {
            for (const char* member : {"r", "s"}) {
                Json& value = made[slot.name];
                const bool in = std::find(value.begin(), value.end(), member) != value.end();
                if (!in && dice_.one_in(2)) {
                    value.push_back(member);
                }
            }
        }
    }
    return made;
}

void Partners::complete_list(Json& list, const Slot& slot, const std::string& path,
                             const std::vector<std::string>& incomplete) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        list[i] = completed(list[i], *slot.record, path + "/" + std::to_string(i), incomplete);
    }
    for (int more = holds(incomplete, path) ? dice_.from(0, 2) : 0; more > 0; --more) {
        list.push_back(object(*slot.record));
    }
    name_records(list, *slot.record);
}

Json Partners::held(const std::vector<std::string>& tiers) {
    return {{"tier", dice_.of(tiers)},
            {"since", iso(on + dice_.from(-40, 0))},
            {"protected_until", iso(on + dice_.from(-20, 20))}};
}

} // namespace rung::generated
