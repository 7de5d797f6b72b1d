# What the libraries call and show. A library that ends the process, writes to the console, opens a file
# or asks the clock is not one to embed; the source may hide such a call, its symbols cannot.
# Run by ctest.

# Names as nm -C prints them.
set(forbidden
    # ends the process
    abort _?exit _Exit quick_exit
    # writes to the console
    v?f?printf v?dprintf "__v?f?printf_chk" f?puts f?putc putchar perror fwrite stdout stderr
    "std::w?(cout|cerr|clog)" "std::ios_base::Init::Init\\(\\)"
    # opens a file
    "f?open(64)?" "std::basic_(i|o|)f(ile|stream).*"
    # asks the machine
    time clock gettimeofday clock_gettime getenv setlocale rand random
    "std::chrono::_V2::(system|steady)_clock::now\\(\\)")
list(JOIN forbidden "|" forbidden)

function(nm out)
    execute_process(COMMAND ${NM} -C ${ARGN} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
    string(REPLACE ";" "," text "${text}")
    string(REPLACE "[" "(" text "${text}") # CMake's lists mind brackets
    string(REPLACE "]" ")" text "${text}")
    string(REPLACE "\n" ";" text "${text}")
    set(${out} "${text}" PARENT_SCOPE)
endfunction()

nm(called_static --undefined-only ${STATIC})
nm(called_shared --undefined-only --dynamic ${SHARED})
set(called ${called_static} ${called_shared})
list(FILTER called INCLUDE REGEX "^ +[Uwv] (${forbidden})(@.*)?$")
list(REMOVE_DUPLICATES called)
if(called)
    list(JOIN called "\n" called)
    message(FATAL_ERROR "the library must not call:\n${called}")
endif()

# Strong functions only: the standard library's templates are weak and visible everywhere.
nm(shown --defined-only --dynamic ${SHARED})
list(FILTER shown INCLUDE REGEX " T ")
set(foreign ${shown})
list(FILTER foreign EXCLUDE REGEX " T rung::")
if(foreign)
    list(JOIN foreign "\n" foreign)
    message(FATAL_ERROR "the shared library shows more than its interface:\n${foreign}")
endif()
if(NOT shown)
    message(FATAL_ERROR "the shared library shows nothing: is RUNG_API missing?")
endif()
