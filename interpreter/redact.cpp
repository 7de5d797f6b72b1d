// Outcomes as partners may see them.
#include <rung/plan.hpp>

#include <algorithm>

namespace rung {

namespace {

void hide(Figure& figure) {
    if (figure.state != Figure::State::absent) {
        Figure hidden;
        hidden.state = Figure::State::hidden;
        hidden.type = figure.type;
        hidden.currency = figure.currency;
        figure = hidden;
    }
}

void hide(Need& need) { need = need.internal ? Need{"", true} : std::move(need); }

class Redactor {
public:
    explicit Redactor(Outcome& outcome) : outcome_(outcome) {}

    void run() {
        if (!outcome_.internal.some) {
            return;
        }
        outcome_.facts_sha256.clear();
        outcome_.warnings = {};
        if (outcome_.internal.partner) {
            outcome_.partner.clear();
            outcome_.partner_key.clear();
        }
        for (LadderOutcome& ladder : outcome_.ladders) {
            for (PathOutcome& path : ladder.paths) {
                all(path.because);
            }
        }
        for (RequirementOutcome& row : outcome_.requirements) {
            look_at(row);
        }
        for (BenefitOutcome& benefit : outcome_.benefits) {
            look_at(benefit);
        }
        for (ValueOutcome& value : outcome_.values) {
            look_at(value);
        }
        for (MeasureOutcome& measure : outcome_.measures) {
            look_at(measure);
        }
        for (NoticeOutcome& notice : outcome_.notices) {
            all(notice.because);
        }
        told(outcome_.decide_next);
        names(outcome_.missing_names);
        outcome_.internal.missing.clear();
        outcome_.internal.hidden = true;
    }

private:
    void look_at(RequirementOutcome& row) {
        all(row.because);
        all(row.conditions);
        told(row.missing);
        const auto internal = [](const Condition& condition) { return condition.internal; };
        if (std::any_of(row.conditions.begin(), row.conditions.end(), internal) ||
            std::any_of(row.because.begin(), row.because.end(), internal)) {
            row.reason.clear();
        }
    }

    void all(std::vector<Condition>& conditions) {
        for (Condition& condition : conditions) {
            look_at(condition);
        }
    }

    void look_at(Condition& condition) {
        told(condition.missing);
        all(condition.alternatives);
        all(condition.parts);
        for (auto* records : {&condition.counted, &condition.near, &condition.unclear}) {
            for (RecordNote& record : *records) {
                look_at(record);
            }
        }
        if (condition.internal) {
            leave_label_and_verdict(condition);
        }
    }

    static void leave_label_and_verdict(Condition& condition) {
        if (condition.is_rule_text) {
            condition.label.clear();
        }
        condition.comparison.clear(); // beside the verdict of a yes/no it tells its value
        hide(condition.actual);
        hide(condition.required);
        condition.gap = {};
        condition.window.reset();
        condition.days_before = 0;
        condition.days_after = 0;
        condition.counted.clear();
        condition.near.clear();
        condition.unclear.clear();
        condition.records = 0;
    }

    void look_at(RecordNote& record) {
        if (!record.unnamed.empty()) {
            record.label = record.unnamed;
            record.is_date = false;
            record.unnamed.clear();
        }
        all(record.fails);
    }

    void look_at(BenefitOutcome& benefit) {
        std::for_each(benefit.needs.begin(), benefit.needs.end(), [](Need& need) { hide(need); });
        for (Opening& opening : benefit.opens_at) {
            if (opening.condition) {
                hide(*opening.condition);
            }
        }
        all(benefit.because);
        told(benefit.missing);
    }

    void look_at(ValueOutcome& value) {
        told(value.missing);
        look_at(value.items);
        for (TierWorth& worth : value.by_tier) {
            told(worth.missing);
            look_at(worth.items);
            if (value.internal) {
                hide_all(worth.value, worth.items, value.for_each);
            }
        }
        if (value.internal) {
            hide_all(value.value, value.items, value.for_each);
        }
    }

    void look_at(std::vector<ItemFigure>& items) {
        for (ItemFigure& item : items) {
            look_at(item.record);
        }
    }

    /// Which records have a figure may be internal itself.
    static void hide_all(Figure& value, std::vector<ItemFigure>& items, bool for_each) {
        items.clear();
        value.state = for_each ? Figure::State::hidden : value.state;
        hide(value);
    }

    void look_at(MeasureOutcome& measure) {
        told(measure.missing);
        if (measure.internal) {
            hide(measure.value);
            measure.window.reset();
        }
    }

    /// Without the facts that the partner is not to know of.
    void told(std::vector<std::string>& pointers) const {
        const std::vector<std::string>& internal = outcome_.internal.missing;
        std::erase_if(pointers, [&](const std::string& pointer) {
            return std::find(internal.begin(), internal.end(), pointer) != internal.end();
        });
    }

    void names(std::vector<FactName>& missing) {
        const std::vector<std::string>& internal = outcome_.internal.missing;
        std::erase_if(missing, [&](const FactName& fact) {
            return std::find(internal.begin(), internal.end(), fact.pointer) != internal.end();
        });
        for (FactName& fact : missing) {
            look_at(fact.record);
        }
    }

    Outcome& outcome_;
};

} // namespace

Outcome redacted(Outcome outcome) {
    Redactor(outcome).run();
    return outcome;
}

Plan redacted(Plan plan) {
    if (plan.has_internal) {
        plan.facts_sha256.clear();
        plan.warnings = {};
    }
    if (plan.partner_is_internal) {
        plan.partner.clear();
        plan.partner_key.clear();
    }
    if (plan.asks_internal) {
        plan.ways.clear();
        plan.obstacles.clear();
        plan.not_possible_at.clear();
        plan.restated.clear();
        plan.evaluations = 0;
        plan.past_left = false;
        plan.ways_full = false;
        plan.bound_met = false;
        plan.alternatives_cut = false;
        plan.hidden = true;
    }
    for (PlanWay& way : plan.ways) {
        way.facts.clear();
        if (plan.has_internal) { // a higher tier may ask for what is internal, where the target does not
            way.reaches.clear();
            way.reaches_label.clear();
        }
        for (PlanStep& step : way.steps) {
            if (step.record && !step.record->unnamed.empty()) {
                step.record->label = std::move(step.record->unnamed);
                step.record->unnamed.clear();
                step.record->is_date = false;
                step.record->fails.clear();
            }
        }
    }
    return plan;
}

} // namespace rung
