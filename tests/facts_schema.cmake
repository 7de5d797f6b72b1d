# For every rule file of rules/: the template that `rung facts` prints is read without a finding, and it and the real
# records beside the rules validate against the schema that `rung facts` prints. RUNG: the command; ROOT: the
# repository; WORK: a folder for what is printed. Run by ctest.

cmake_policy(VERSION 3.22)
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
find_program(PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(PYTHON python3 REQUIRED)

file(GLOB rules ${ROOT}/rules/*/*.rung)
list(FILTER rules EXCLUDE REGEX "\\.test\\.rung$")
if(NOT rules)
    message(FATAL_ERROR "no rule files")
endif()
set(folders_read)
foreach(file IN LISTS rules)
    cmake_path(GET file PARENT_PATH folder)
    file(RELATIVE_PATH name ${ROOT}/rules ${file})
    string(MAKE_C_IDENTIFIER ${name} name)
    foreach(view schema template)
        execute_process(COMMAND ${RUNG} facts ${file} --${view} OUTPUT_FILE ${WORK}/${name}.${view}.json
            COMMAND_ERROR_IS_FATAL ANY)
    endforeach()
    execute_process(COMMAND ${RUNG} eval ${WORK}/${name}.template.json --rules ${file} --strict
        OUTPUT_QUIET ERROR_VARIABLE said RESULT_VARIABLE code)
    if(NOT code EQUAL 0 OR said)
        message(FATAL_ERROR "the template of ${file}: exit ${code}\n${said}")
    endif()
    # Records of another version are not read by this one.
    file(GLOB records ${folder}/facts/*.json)
    set(read)
    foreach(record IN LISTS records)
        execute_process(COMMAND ${RUNG} eval ${record} --rules ${file} --strict
            OUTPUT_QUIET ERROR_QUIET RESULT_VARIABLE code)
        if(code EQUAL 0)
            list(APPEND read ${record})
            list(APPEND folders_read ${folder})
        endif()
    endforeach()
    execute_process(COMMAND ${PYTHON} -B ${ROOT}/tests/schema/facts.py
        ${WORK}/${name}.schema.json ${WORK}/${name}.template.json ${read}
        COMMAND_ERROR_IS_FATAL ANY)
endforeach()
foreach(file IN LISTS rules)
    cmake_path(GET file PARENT_PATH folder)
    file(GLOB records ${folder}/facts/*.json)
    if(records AND NOT folder IN_LIST folders_read)
        message(FATAL_ERROR "${folder}: no version reads any of its records without options")
    endif()
endforeach()
