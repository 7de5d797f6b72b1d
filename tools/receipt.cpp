#include "tools/receipt.hpp"

#include "interpreter/print_json.hpp"
#include "interpreter/sha256.hpp"

#include <rung/rung.hpp>

#include <nlohmann/json.hpp>

namespace rung::tools {

namespace {

/// Of the shape of a receipt; another number is not read.
constexpr int receipt_format = 1;

template <typename Value>
Json or_null(const std::optional<Value>& value) {
    return value ? Json(*value) : Json();
}

const char* format_of(const Shape& shape) {
    switch (shape.style.layout) {
    case Layout::markdown:
        return "markdown";
    case Layout::html:
        return "html";
    case Layout::terminal:
        break;
    }
    return shape.format == Format::json ? "json" : "text";
}

const char* verb_of(const Shape& shape) {
    if (shape.target.empty()) {
        return "eval";
    }
    if (shape.planned) {
        return "plan";
    }
    return shape.asked == Asked::why ? "why" : "why-not";
}

/// Reads a receipt, which may be anything.
class ReceiptReader {
public:
    ReceiptReader(const std::string& path, const Json& json) : path_(path), json_(json) {}

    Receipt read() {
        if (!json_.is_object() || !json_.contains("receipt")) {
            refuse_receipt("it is not written by `--receipt`");
        }
        if (json_["receipt"] != Json(receipt_format)) {
            refuse_receipt("it is of another format than this Rung reads");
        }
        Receipt receipt;
        receipt.engine = text("engine");
        const ReceiptReader question(path_, part("question"));
        receipt.shape.target = question.text_or_null("target").value_or("");
        receipt.shape.asked = question.asked();
        receipt.shape.planned = question.planned();
        const std::string format = question.text("format");
        receipt.shape.format = format == "json" ? Format::json : Format::text;
        receipt.shape.style.layout = format == "markdown" ? Layout::markdown
                                     : format == "html"   ? Layout::html
                                                          : Layout::terminal;
        receipt.shape.style.all = question.truth("all");
        receipt.shape.for_partner = question.text("edition") == "partner";
        receipt.shape.style.width = question.count("width");
        receipt.shape.style.language = question.language();
        receipt.on = question.text_or_null("on");
        receipt.review = question.text_or_null("review");
        receipt.version = question.text_or_null("version");
        receipt.strict = question.truth("strict");
        const ReceiptReader rules(path_, part("rules"));
        receipt.program = rules.text("program");
        receipt.used_version = rules.text("version");
        receipt.in_force = rules.truth("in_force");
        receipt.choice = rules.choice();
        receipt.rules_file = rules.text("file");
        receipt.rules_sha256 = rules.text("sha256");
        const ReceiptReader facts(path_, part("facts"));
        receipt.facts_file = facts.text("file");
        receipt.facts_sha256 = facts.text("sha256");
        const ReceiptReader answer(path_, part("answer"));
        receipt.standings = answer.standings();
        receipt.answer_sha256 = answer.text("sha256");
        return receipt;
    }

private:
    [[noreturn]] void refuse_receipt(const std::string& reason) const {
        refuse(Code::no_receipt, {{"path", path_}, {"reason", reason}});
    }

    const Json& part(const char* key) const {
        if (!json_.is_object() || !json_.contains(key)) {
            refuse_receipt("it has no `" + std::string(key) + "`");
        }
        return json_[key];
    }

    void hold(const char* key, bool fits) const {
        if (!fits) {
            refuse_receipt("its `" + std::string(key) + "` is not what it should be");
        }
    }
    const Json& part_of(const char* key, bool fits) const {
        hold(key, fits);
        return json_[key];
    }

    std::string text(const char* key) const {
        return part_of(key, part(key).is_string()).get<std::string>();
    }
    std::optional<std::string> text_or_null(const char* key) const {
        return part(key).is_null() ? std::nullopt : std::optional(text(key));
    }
    bool truth(const char* key) const { return part_of(key, part(key).is_boolean()).get<bool>(); }
    int count(const char* key) const {
        const bool fits = part(key).is_number_integer() && json_[key] >= 20 && json_[key] <= 10000;
        return part_of(key, fits).get<int>();
    }

    /// `why-not` where it is not said: receipts of before there was `why` do not.
    Asked asked() const {
        return json_.contains("verb") && text("verb") == "why" ? Asked::why : Asked::why_not;
    }

    std::optional<Shape::Planned> planned() const {
        if (!json_.contains("verb") || text("verb") != "plan") {
            return std::nullopt;
        }
        const auto positive = [&](const char* key) {
            return part_of(key, part(key).is_number_unsigned()).get<std::size_t>();
        };
        return Shape::Planned{text_or_null("today"), positive("ways"), positive("bound")};
    }

    /// English where it is not said: receipts of before there were others do not.
    Language language() const {
        const std::optional<Language> known =
            json_.contains("language") ? language_of(text("language")) : Language::en;
        hold("language", known.has_value());
        return *known;
    }

    /// Nothing where it is not said: receipts of before it was do not.
    VersionChoice choice() const {
        if (!json_.contains("chosen")) {
            return {};
        }
        const ReceiptReader chosen(path_, json_["chosen"]);
        const std::string why = chosen.text("why");
        VersionChoice choice;
        choice.why = why == "in_force" ? VersionChoice::Why::in_force
                     : why == "named"  ? VersionChoice::Why::named
                                       : VersionChoice::Why::only_file;
        choice.from = chosen.text_or_null("since").value_or("");
        choice.corrects = chosen.text_or_null("corrects").value_or("");
        choice.corrected_by = chosen.text_or_null("corrected_by").value_or("");
        choice.corrected_from = chosen.text_or_null("corrected_from").value_or("");
        choice.withdrawn = chosen.text_or_null("withdrawn");
        return choice;
    }

    std::vector<Receipt::Standing> standings() const {
        std::vector<Receipt::Standing> all;
        for (const Json& json : part_of("ladders", part("ladders").is_array())) {
            const ReceiptReader ladder(path_, json);
            Receipt::Standing standing{ladder.text("id"), {}};
            for (const Json& tier : ladder.part_of("tiers", ladder.part("tiers").is_array())) {
                part_of("ladders", tier.is_string());
                standing.tiers.push_back(tier.get<std::string>());
            }
            all.push_back(std::move(standing));
        }
        return all;
    }

    const std::string& path_;
    const Json& json_;
};

} // namespace

std::string shaped(const Answer& answer, const Shape& shape) {
    if (shape.planned && answer.ways) {
        const Plan shown = shape.for_partner ? redacted(*answer.ways) : *answer.ways;
        return shape.format == Format::json ? to_json(shown) + "\n" : to_text(shown, shape.style);
    }
    const Outcome shown = shape.for_partner ? redacted(answer.outcome) : answer.outcome;
    if (shape.format == Format::json) {
        return to_json(shown) + "\n";
    }
    if (shape.target.empty()) {
        return to_text(shown, shape.style);
    }
    const std::optional<Plan> ways =
        shape.for_partner && answer.ways ? redacted(*answer.ways) : answer.ways;
    return rung::why(shown, shape.target, shape.asked, shape.style, ways ? &*ways : nullptr);
}

std::optional<Plan> ways_for(const Case& read, const EvaluateOptions& options, bool strict,
                             const Outcome& outcome, const Shape& shape) {
    const bool tells_ways =
        shape.planned ||
        (shape.format == Format::text && !shape.target.empty() &&
         !unknown_target(outcome, shape.target) && !reached(outcome, shape.target));
    if (!tells_ways) {
        return std::nullopt;
    }
    PlanOptions asked;
    asked.on = options.on;
    asked.review = options.review;
    asked.named_version = options.named_version;
    asked.strict = strict;
    if (shape.planned) {
        asked.today = shape.planned->today;
        asked.ways = shape.planned->ways;
        asked.max_evaluations = shape.planned->bound;
    }
    return rung::plan(read.chosen.program, read.name, read.json, shape.target, asked).value;
}

Receipt receipt_of(const Question& question, const Answer& answer, const Shape& shape) {
    const Outcome& outcome = answer.outcome;
    Receipt receipt;
    receipt.engine = version();
    receipt.shape = shape;
    receipt.on = question.on ? std::optional(day_of(*question.on)) : std::nullopt;
    receipt.review = question.review;
    receipt.version = question.version;
    receipt.strict = question.strict;
    receipt.program = outcome.program;
    receipt.used_version = outcome.version;
    receipt.in_force = outcome.in_force;
    receipt.choice = outcome.choice;
    receipt.rules_file = outcome.rules_file;
    receipt.rules_sha256 = outcome.rules_sha256;
    receipt.facts_file = facts_name_of(question);
    receipt.facts_sha256 = outcome.facts_sha256;
    for (const LadderOutcome& ladder : outcome.ladders) {
        receipt.standings.push_back(
            {ladder.id, ladder.tier ? std::vector{*ladder.tier} : ladder.possible});
    }
    receipt.shape.style.colour = false;
    receipt.answer_sha256 = sha256(shaped(answer, receipt.shape));
    return receipt;
}

std::string to_json(const Receipt& receipt) {
    Json ladders = Json::array();
    for (const Receipt::Standing& standing : receipt.standings) {
        ladders.push_back({{"id", standing.ladder}, {"tiers", standing.tiers}});
    }
    const std::string& target = receipt.shape.target;
    Json json = {
        {"receipt", receipt_format},
        {"engine", receipt.engine},
        {"question",
         {{"target", target.empty() ? Json() : Json(target)},
          {"verb", verb_of(receipt.shape)},
          {"format", format_of(receipt.shape)},
          {"all", receipt.shape.style.all},
          {"edition", receipt.shape.for_partner ? "partner" : "full"},
          {"width", receipt.shape.style.width},
          {"language", tag_of(receipt.shape.style.language)},
          {"on", or_null(receipt.on)},
          {"review", or_null(receipt.review)},
          {"version", or_null(receipt.version)},
          {"strict", receipt.strict}}},
        {"rules",
         {{"program", receipt.program},
          {"version", receipt.used_version},
          {"in_force", receipt.in_force},
          {"chosen", json_of(receipt.choice)},
          {"file", receipt.rules_file},
          {"sha256", receipt.rules_sha256}}},
        {"facts", {{"file", receipt.facts_file}, {"sha256", receipt.facts_sha256}}},
        {"answer", {{"ladders", ladders}, {"sha256", receipt.answer_sha256}}},
    };
    if (const auto& planned = receipt.shape.planned) {
        json["question"]["today"] = or_null(planned->today);
        json["question"]["ways"] = planned->ways;
        json["question"]["bound"] = planned->bound;
    }
    constexpr int indent = 2;
    return json.dump(indent, ' ', true, Json::error_handler_t::replace) + "\n";
}

Receipt read_receipt(const std::string& path) {
    const Json json = Json::parse(read_file(path), nullptr, false);
    if (json.is_discarded()) {
        refuse(Code::no_receipt, {{"path", path}, {"reason", "it is not JSON"}});
    }
    return ReceiptReader(path, json).read();
}

} // namespace rung::tools
