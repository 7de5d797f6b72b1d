#include "interpreter/lookup.hpp"

#include "interpreter/ranges.hpp"

#include <algorithm>
#include <bit>

namespace rung {

namespace {

/// No value at all, of a type.
Value nothing_of(Type type) {
    Value value;
    switch (type.kind) {
    case TypeKind::date:
        value = Value::of(DateRange{Date::min(), Date::max()});
        break;
    case TypeKind::text:
        value = Value::of(KnownText{});
        break;
    case TypeKind::yes_no:
        break;
    default:
        value = Value::of(unbounded());
        break;
    }
    value.undetermined = Truth::yes;
    value.reason = Reason::no_row;
    return value;
}

Truth is_one_of(const Value& key, const std::vector<Value>& cell) {
    if (key.form == Value::Form::mask) {
        const std::uint64_t listed = cell.front().mask.maybe;
        return key.undetermined != Truth::no     ? Truth::unknown
               : (key.mask.maybe & listed) == 0  ? Truth::no
               : (key.mask.maybe & ~listed) == 0 ? Truth::yes
                                                 : Truth::unknown;
    }
    Truth one = Truth::no;
    for (const Value& member : cell) {
        one = either(one, equal(key, member));
    }
    return one;
}

Truth matches_bound(KeyMatch match, const Value& key, const Value& bound) {
    return match == KeyMatch::from ? !less(key, bound) : !less(bound, key);
}

Truth matches(const LookUpTable& table, const LookUpRow& row, std::span<const Value> keys) {
    Truth all = Truth::yes;
    for (std::size_t i = 0; i < keys.size() && all != Truth::no; ++i) {
        const KeyMatch match = table.keys[i].match;
        if (!row.keys[i].empty()) {
            all = both(all, match == KeyMatch::equal
                                ? is_one_of(keys[i], row.keys[i])
                                : matches_bound(match, keys[i], row.keys[i].front()));
        }
    }
    return all;
}

/// The one key column with bounds.
std::size_t bounds_of(const LookUpTable& table) {
    const auto at = std::find_if(table.keys.begin(), table.keys.end(),
                                 [](const KeyColumn& key) { return key.match != KeyMatch::equal; });
    return static_cast<std::size_t>(at - table.keys.begin());
}

/// Whether a better bound under the same other keys certainly holds: then this row cannot be meant, not
/// even where the other keys are not known.
bool is_surpassed(const LookUpTable& table, const LookUpRow& row, std::span<const Value> keys) {
    if (row.better == none) {
        return false;
    }
    const std::size_t at = bounds_of(table);
    return matches_bound(table.keys[at].match, keys[at], table.rows[row.better].keys[at].front()) ==
           Truth::yes;
}

/// How many full units the key lies above the bound.
Value full_units(const Value& key, const Value& bound, const Value& unit) {
    const Value above =
        key.form == Value::Form::dates ? days_between(key, bound) : subtract(key, bound);
    const Value positive = larger(above, Value::of(Number(0)));
    return rounded(divide(positive, unit), Value::of(Number(1)), Rounding::down);
}

Value value_in(const LookUpTable& table, const LookUpRow& row, Index column,
               std::span<const Value> keys) {
    if (!row.values[column]) {
        return nothing_of(table.values[column].type);
    }
    const Value& value = *row.values[column];
    if (!row.further || !row.further->values[column]) {
        return value;
    }
    const std::size_t bound = bounds_of(table);
    const Value units = full_units(keys[bound], row.keys[bound].front(), row.further->unit);
    return add(value, multiply(units, *row.further->values[column]));
}

/// More cases than this are not told apart, which may leave a result wider.
constexpr std::uint64_t max_look_up_cases = 1024;

/// How many things a key may be, where they can be gone through; otherwise one.
std::uint64_t cases_of(const Value& key) {
    if (key.undetermined != Truth::no) {
        return 1;
    }
    return key.form == Value::Form::mask
               ? std::max<std::uint64_t>(static_cast<std::uint64_t>(std::popcount(key.mask.maybe)),
                                         1)
           : key.form == Value::Form::truth && key.truth == Truth::unknown ? 2
                                                                           : 1;
}

class LookUp {
public:
    LookUp(const LookUpTable& table, Index column, std::span<Value> keys)
        : table_(table), column_(column), keys_(keys) {}

    Value run() {
        std::uint64_t cases = 1;
        for (const Value& key : keys_) {
            cases = std::min(cases * cases_of(key), max_look_up_cases + 1);
        }
        if (cases <= max_look_up_cases) {
            each_case(0);
        } else {
            scan();
        }
        return result_;
    }

private:
    /// Goes through the choices that keys may be: rows for all of them leave none without a row.
    void each_case(std::size_t at) {
        while (at < keys_.size() && cases_of(keys_[at]) == 1) {
            ++at;
        }
        if (at == keys_.size()) {
            scan();
            return;
        }
        const Value key = keys_[at];
        if (key.form == Value::Form::truth) {
            for (const Truth truth : {Truth::no, Truth::yes}) {
                keys_[at] = Value::of(truth);
                each_case(at + 1);
            }
        } else {
            for (std::uint64_t left = key.mask.maybe; left != 0; left &= left - 1) {
                const std::uint64_t one = left & (~left + 1);
                keys_[at] = Value::of(Mask{one, one});
                each_case(at + 1);
            }
        }
        keys_[at] = key;
    }

    /// Includes each row that may be meant, up to the first that certainly matches.
    void scan() {
        for (const LookUpRow& row : table_.rows) {
            const Truth match = matches(table_, row, keys_);
            if (match != Truth::no && !is_surpassed(table_, row, keys_)) {
                include(value_in(table_, row, column_, keys_));
            }
            if (match == Truth::yes) {
                return;
            }
        }
        include(table_.otherwise ? value_in(table_, *table_.otherwise, column_, keys_)
                                 : nothing_of(table_.values[column_].type));
    }

    void include(const Value& value) {
        result_ = any_ ? hull(result_, value) : value;
        any_ = true;
    }

    const LookUpTable& table_;
    Index column_;
    std::span<Value> keys_;
    Value result_;
    bool any_ = false;
};

} // namespace

std::optional<MeantRow> row_meant(const LookUpTable& table, std::span<const Value> keys) {
    const bool determined = std::all_of(
        keys.begin(), keys.end(), [](const Value& key) { return key.undetermined == Truth::no; });
    if (!determined) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const LookUpRow& row = table.rows[i];
        const Truth match = matches(table, row, keys);
        if (match == Truth::no || is_surpassed(table, row, keys)) {
            continue;
        }
        if (match == Truth::unknown) {
            return std::nullopt;
        }
        const std::size_t bound = bounds_of(table);
        const bool adds =
            row.further && less(full_units(keys[bound], row.keys[bound].front(), row.further->unit),
                                Value::of(Number(1))) == Truth::no;
        return MeantRow{i, adds};
    }
    return table.otherwise ? std::optional(MeantRow{table.rows.size(), false}) : std::nullopt;
}

Value look_up(const LookUpTable& table, Index column, std::span<Value> keys) {
    Value blame;
    Truth undetermined = Truth::no;
    for (const Value& key : keys) {
        undetermined = either(undetermined, key.undetermined);
        if (!key.certain() && (blame.reason == Reason::none || key.undetermined == Truth::yes)) {
            blame = key;
        }
    }
    if (undetermined == Truth::yes) {
        Value result = nothing_of(table.values[column].type);
        result.reason = blame.reason;
        return result;
    }
    Value result = LookUp(table, column, keys).run();
    result.undetermined = either(result.undetermined, undetermined);
    if (result.certain()) {
        result.reason = Reason::none;
    } else if (result.undetermined != Truth::yes && blame.reason != Reason::none) {
        result.reason = blame.reason;
    }
    return result;
}

} // namespace rung
