// What nothing reads: facts, fields, records, measures, look-up tables.
#include "interpreter/lint.hpp"
#include "interpreter/walk.hpp"

namespace rung {

namespace {

/// What the expressions of a program read.
struct Uses {
    explicit Uses(const Model& model)
        : facts(model.facts.size()),
          measures(model.measures.size()),
          record_measures(model.record_measures.size()),
          tables(model.tables.size()) {
        for (const RecordType& record : model.records) {
            fields.emplace_back(record.fields.size());
        }
        for (const Root& root : roots_of(model)) {
            const auto note = [&](Index index, const std::vector<Index>& records) {
                const Expr& expr = model.exprs[index];
                if (expr.op == Op::fact) {
                    facts[expr.index] = true;
                } else if (expr.op == Op::measure) {
                    measures[expr.index] = true;
                } else if (expr.op == Op::record_measure) {
                    record_measures[expr.index] = true;
                } else if (expr.op == Op::look_up) {
                    tables[expr.index] = true;
                } else if (expr.op == Op::field) {
                    fields[records[expr.a]][expr.index] = true;
                } else if (expr.op == Op::through) {
                    const Type item = model.exprs[expr.a].type;
                    fields[model.references[item.index].record][expr.index] = true;
                }
            };
            walk(model, root.expr, note, root.record);
        }
        for (const Reference& to : model.references) { // facts are joined by them
            facts[to.fact] = true;
            fields[to.record][to.key] = true;
        }
    }

    std::vector<bool> facts;
    std::vector<bool> measures;
    std::vector<bool> record_measures;
    std::vector<bool> tables;
    std::vector<std::vector<bool>> fields; // by record
};

/// The records that a list holds which is read: of others, the list alone is told.
std::vector<bool> records_in_use(const Model& model, const Uses& uses) {
    std::vector<bool> in_use(model.records.size());
    std::vector<Index> open;
    const auto enter = [&](const Field& field) {
        if (field.type.kind == TypeKind::list && !in_use[field.type.index]) {
            in_use[field.type.index] = true;
            open.push_back(field.type.index);
        }
    };
    for (std::size_t i = 0; i < model.facts.size(); ++i) {
        if (uses.facts[i]) {
            enter(model.facts[i]);
        }
    }
    while (!open.empty()) {
        const Index record = open.back();
        open.pop_back();
        for (std::size_t i = 0; i < model.records[record].fields.size(); ++i) {
            if (uses.fields[record][i]) {
                enter(model.records[record].fields[i]);
            }
        }
    }
    return in_use;
}

std::vector<bool> records_in_lists(const Model& model) {
    std::vector<bool> listed(model.records.size());
    const auto look_at = [&](const std::vector<Field>& fields) {
        for (const Field& field : fields) {
            if (field.type.kind == TypeKind::list) {
                listed[field.type.index] = true;
            }
        }
    };
    look_at(model.facts);
    for (const RecordType& record : model.records) {
        if (!record.group) {
            look_at(record.fields);
        }
    }
    return listed;
}

/// A fact from which the evaluation takes its date, review or version, or by which a partner is called.
bool serves_otherwise(const Model& model, const Field& fact) {
    return fact.key || fact.pointer == model.on_key || fact.pointer == model.review_key ||
           fact.pointer == model.version_key;
}

} // namespace

void find_unused(const Model& model, Findings& findings) {
    const Uses uses(model);
    const auto add = [&](Code code, Span at, const std::string& name) {
        findings.add(code, at, name, {{"name", name}});
    };
    for (std::size_t i = 0; i < model.facts.size(); ++i) {
        const Field& fact = model.facts[i];
        if (!uses.facts[i] && !serves_otherwise(model, fact)) {
            add(Code::unused_fact, fact.at, fact.name);
        }
    }
    const std::vector<bool> listed = records_in_lists(model);
    const std::vector<bool> in_use = records_in_use(model, uses);
    for (std::size_t r = 0; r < model.records.size(); ++r) {
        const RecordType& record = model.records[r];
        if (record.group || record.plain) {
            continue;
        }
        if (!listed[r]) {
            add(Code::unused_record, record.at, record.name);
        }
        for (std::size_t f = 0; f < record.fields.size() && in_use[r]; ++f) {
            if (!uses.fields[r][f] && !record.fields[f].key && record.named_by != f) {
                add(Code::unused_field, record.fields[f].at,
                    record.name + "." + record.fields[f].name);
            }
        }
    }
    for (std::size_t i = 0; i < model.tables.size(); ++i) {
        if (!uses.tables[i]) {
            add(Code::unused_table, model.tables[i].at, model.tables[i].name);
        }
    }
    // In a file without a ladder, measures are what it is for.
    for (std::size_t i = 0; i < model.measures.size() && !model.ladders.empty(); ++i) {
        if (!uses.measures[i]) {
            add(Code::unused_define, model.measures[i].at, model.measures[i].name);
        }
    }
    for (std::size_t i = 0; i < model.record_measures.size(); ++i) {
        const Measure& measure = model.record_measures[i];
        if (!uses.record_measures[i]) {
            add(Code::unused_define, measure.at,
                model.records[measure.record].name + "." + measure.name);
        }
    }
}

} // namespace rung
