# Holds what the command really prints, of every record of the rules and of calls that fail, against the
# published schema. RUNG: the command; ROOT: the repository; WORK: a folder for the results. Run by ctest.

set(results)
function(keep name)
    execute_process(COMMAND ${RUNG} ${ARGN} --format json WORKING_DIRECTORY ${ROOT}
        OUTPUT_FILE ${WORK}/${name}.json ERROR_QUIET RESULT_VARIABLE code)
    if(NOT code MATCHES "^[012]$")
        message(FATAL_ERROR "rung ${ARGN}: ended with ${code}")
    endif()
    set(results ${results} ${WORK}/${name}.json PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
file(GLOB records RELATIVE ${ROOT} ${ROOT}/rules/*/facts/*.json)
foreach(record IN LISTS records)
    string(MAKE_C_IDENTIFIER ${record} name)
    cmake_path(GET record PARENT_PATH facts)
    cmake_path(GET facts PARENT_PATH program)
    keep(${name} eval ${record} --rules ${program})
endforeach()
keep(why_not why-not gold examples/partners/acme-silver.json --rules rules/twilio-technology-2023)
keep(what_if what-if examples/partners/acme-silver.json --rules rules/twilio-technology-2023
    --set gtm_plan_complete=yes --assume success_stories=3)
keep(blame blame rules/twilio-technology-2023 rules/twilio-technology-2023
    rules/twilio-technology-2023/facts/05-silver-integrate-midyear.json examples/partners/acme-silver.json)
keep(ask ask examples/partners/acme-silver.json --rules rules/twilio-technology-2023)
keep(ask_for ask rules/twilio-technology-2023/facts/13-missing-invitation.json
    --rules rules/twilio-technology-2023 --for silver)
keep(plan plan gold examples/partners/acme-silver.json --rules rules/twilio-technology-2023)
keep(plan_at plan gold examples/partners/acme-silver.json --rules rules/twilio-technology-2023
    --at annual --on 2024-01-15)
keep(plan_at_its_bound plan gold examples/partners/acme-silver.json --rules rules/twilio-technology-2023 --bound 2)
keep(plan_of_a_benefit plan mdf examples/partners/acme-silver.json --rules rules/twilio-technology-2023)
keep(plan_german plan gold examples/partners/acme-silver.json --rules rules/twilio-technology-2023 --lang de)
foreach(record IN LISTS records)
    if(record MATCHES "twilio")
        string(MAKE_C_IDENTIFIER plan_${record} name)
        keep(${name} plan gold ${record} --rules rules/twilio-technology-2023)
    endif()
endforeach()
foreach(record IN LISTS records)
    if(record MATCHES "twilio|aws|hubspot")
        string(MAKE_C_IDENTIFIER outlook_${record} name)
        cmake_path(GET record PARENT_PATH facts)
        cmake_path(GET facts PARENT_PATH program)
        keep(${name} outlook ${record} --rules ${program} --until 2025-12-31)
    endif()
endforeach()
keep(diff diff rules/hubspot-solutions/2016.rung rules/twilio-technology-2023/2023.rung)
keep(guide guide rules/hubspot-solutions)
keep(guide_german guide rules/united-premier --lang de)
keep(diff_same diff rules/hubspot-solutions/2016.rung rules/hubspot-solutions/2016.rung)
# The records of a program as a list, a line each.
function(list_of program)
    file(GLOB records ${ROOT}/rules/${program}/facts/*.json)
    set(lines "")
    foreach(record IN LISTS records)
        file(READ ${record} text)
        string(REPLACE "\n" " " text "${text}")
        string(APPEND lines "${text}\n")
    endforeach()
    file(WRITE ${WORK}/${program}.ndjson "${lines}")
endfunction()
list_of(hubspot-solutions)
list_of(united-premier)
keep(impact impact rules/hubspot-solutions/2016.rung rules/hubspot-solutions/2018.rung ${WORK}/hubspot-solutions.ndjson)
keep(impact_more impact rules/united-premier/2024.rung rules/united-premier/2025.rung
    ${WORK}/united-premier.ndjson --near 50 --sweep "four_flights@gold=1..3")
keep(impact_of_none impact rules/hubspot-solutions/2016.rung rules/hubspot-solutions/2016.rung
    ${WORK}/hubspot-solutions.ndjson --on 2018-06-30)
keep(impact_unread impact rules/united-premier/2024.rung rules/united-premier/2025.rung README.md --input ndjson)
keep(versions versions rules/united-premier --on 2024-06-30)
keep(versions_of_one versions rules/twilio-technology-2023)
keep(check check rules)
keep(fmt fmt --check rules)
file(COPY ${ROOT}/rules/twilio-technology-2023/2023.rung ${ROOT}/rules/twilio-technology-2023/2023.test.rung
    DESTINATION ${WORK}/next)
keep(next next ${WORK}/next/2023.rung --version 2024)
keep(next_alone next ${WORK}/next/2024.rung --version 2025 --output ${WORK}/next/later.rung)
keep(german eval examples/partners/acme-silver.json --rules rules/twilio-technology-2023 --lang de)
keep(german_what_if what-if examples/partners/acme-silver.json --rules rules/twilio-technology-2023
    --lang de --set gtm_plan_complete=yes)
keep(german_outlook outlook examples/partners/acme-silver.json --rules rules/twilio-technology-2023
    --lang de --until 2023-12-31)
keep(missing_file eval nowhere.json --rules rules)
keep(missing_date eval examples/partners/acme-silver.json --rules rules --on 2023-02-30)
keep(usage eval)

# Debian's python3 is the one that sees Debian's python3-jsonschema; another may stand before it in PATH.
find_program(PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(PYTHON python3 REQUIRED)
execute_process(COMMAND ${PYTHON} -B ${ROOT}/tests/schema/validate.py
    ${ROOT}/docs/result.schema.json ${ROOT}/docs/result.md ${results}
    WORKING_DIRECTORY ${ROOT} COMMAND_ERROR_IS_FATAL ANY)
