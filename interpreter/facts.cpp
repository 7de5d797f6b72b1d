#include "interpreter/fact_sheet.hpp"
#include "interpreter/present.hpp"
#include "interpreter/sha256.hpp"

#include <rung/facts.hpp>

namespace rung {

namespace {

std::optional<std::string> text_of(const std::optional<Date>& day) {
    return day ? std::optional(day->to_string()) : std::nullopt;
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

Stated Facts::peek(const Program& program, const std::string& json) {
    const Occasion occasion =
        peek_occasion(Source("", json), program.model().version_key, program.model().on_key);
    return {text_of(occasion.on), occasion.version};
}

std::optional<std::string> Facts::on() const { return text_of(sheet_->on); }
std::optional<std::string> Facts::review() const { return sheet_->review; }
std::optional<std::string> Facts::version() const { return sheet_->version; }
const std::string& Facts::sha256() const { return sha256_; }

} // namespace rung
