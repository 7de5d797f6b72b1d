# Every message of grammar/messages.def is shown by a recorded case, as it is printed: `[unknown-name]`.
# Run by ctest; fails with the codes that no case shows.

cmake_minimum_required(VERSION 3.21)

# What no case can show: a file of more than a gigabyte (tests/unit/parse_test.cpp has it), and the last guard
# of the formatter, which only a fault of rung itself could bring about.
set(out_of_reach file-too-large format-changed-meaning)

file(READ ${ROOT}/grammar/messages.def messages)
string(REGEX MATCHALL "MESSAGE\\([a-z_]+, \"[a-z-]+\"" heads "${messages}")
if(NOT heads)
    message(FATAL_ERROR "grammar/messages.def holds no message")
endif()

set(cases "")
file(GLOB_RECURSE paths ${ROOT}/tests/corpus/cases/*.case)
foreach(path IN LISTS paths)
    file(READ ${path} text)
    string(APPEND cases "${text}")
endforeach()

set(codes "")
set(not_shown "")
foreach(head IN LISTS heads)
    string(REGEX REPLACE ".*\"([a-z-]+)\"" "\\1" code "${head}")
    list(APPEND codes ${code})
    string(FIND "${cases}" "[${code}]" at)
    if(at EQUAL -1 AND NOT code IN_LIST out_of_reach)
        string(APPEND not_shown "\n  ${code}")
    endif()
endforeach()

foreach(code IN LISTS out_of_reach)
    if(NOT code IN_LIST codes)
        string(APPEND not_shown "\n  ${code} is no code any more: take it out of codes.cmake")
    endif()
endforeach()

if(not_shown)
    message(FATAL_ERROR "codes that no case in tests/corpus/cases shows:${not_shown}")
endif()
