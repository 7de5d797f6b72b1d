# What every target of ours has in common, and no target of anybody else's. It is a function rather
# than a set of directory options, so that a project that adds Rung as a subdirectory is left alone.

# Sources are found by pattern: one file is one matter here, all files of a folder belong to its
# target, and a list would only say again what the folder says. CONFIGURE_DEPENDS lets the build look
# again each time it starts (some milliseconds), so a new or removed file is never missed.
function(rung_sources out)
    file(GLOB sources CONFIGURE_DEPENDS ${ARGN})
    set(${out} ${sources} PARENT_SCOPE)
endfunction()

# Warnings on, and #include "layer/file.hpp" counted from the root of the repository.
function(rung_own_target target)
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
    target_compile_options(${target} PRIVATE
        -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion)
    # GCC 12 sees overlaps and overflows in std::string's operator+ where there are none (PR105329,
    # PR105651); 13 does not.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        target_compile_options(${target} PRIVATE -Wno-restrict -Wno-stringop-overflow)
    endif()
    if(RUNG_WERROR)
        target_compile_options(${target} PRIVATE -Werror)
    endif()
endfunction()

# Compiles a dozen sources of a target at a time, which takes a quarter of the time: headers are read and
# templates instantiated once for all of them. So a name stands once in a room, even where each file could have its
# own. Builds without it (the preset `clang`) show that each source includes what it uses.
function(rung_join_sources target)
    if(RUNG_JOIN)
        set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
        # To GCC a joined source looks like a header, whose types others could see.
        if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
            target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
        endif()
    endif()
endfunction()
