#include "interpreter/fact_sheet.hpp"
#include "interpreter/present.hpp"
#include "interpreter/sha256.hpp"

#include <rung/facts.hpp>

#include <algorithm>

namespace rung {

namespace {

std::optional<std::string> text_of(const std::optional<Date>& day) {
    return day ? std::optional(day->to_string()) : std::nullopt;
}

/// Of the whole text, of the date, or of a key that was meant to be that of the date.
bool hides_date(const Model& model, const Fault& fault) {
    const bool of_date = fault.pointer == "/on" ||
                         (!model.on_key.empty() && (fault.pointer == model.on_key ||
                                                    fault.pointer == "/facts" + model.on_key));
    const bool meant =
        std::any_of(fault.arguments.begin(), fault.arguments.end(), [&](const Argument& argument) {
            return argument.name == "close" && "/" + argument.value == model.on_key;
        });
    return fault.pointer.empty() || of_date || meant;
}

} // namespace

Result<Facts> Facts::read(const Program& program, std::string name, std::string json,
                          FactsOptions options) {
    const Source source(std::move(name), std::move(json));
    Faults faults;
    FactSheet sheet = read_facts(program.model(), program.form(), source, options.strict, faults);
    tidy(faults);
    Result<Facts> result;
    result.diagnostics = present(faults, source);
    if (!has_errors(faults)) {
        result.value = Facts(program, std::make_shared<const FactSheet>(std::move(sheet)),
                             rung::sha256(source.text()));
    }
    return result;
}

Stated Facts::peek(const Program& program, const std::string& name, const std::string& json) {
    const Model& model = program.model();
    const Source source(name, json);
    const Occasion occasion = peek_occasion(source, model.version_key, model.on_key);
    Stated stated{text_of(occasion.on), occasion.version, {}};
    if (!occasion.on) {
        Faults faults;
        static_cast<void>(read_facts(model, program.form(), source, false, faults));
        std::erase_if(faults, [&](const Fault& fault) { return !hides_date(model, fault); });
        tidy(faults);
        stated.faults = present(faults, source);
    }
    return stated;
}

std::optional<std::string> Facts::on() const { return text_of(sheet_->on); }
std::optional<std::string> Facts::review() const { return sheet_->review; }
std::optional<std::string> Facts::version() const { return sheet_->version; }
const std::string& Facts::sha256() const { return sha256_; }

} // namespace rung
