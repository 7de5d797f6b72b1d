# Who includes whom. An arrow between layers never points back up, PEGTL stays inside grammar/, and a
# public header needs the standard library and other public headers only. Run by ctest.

set(broken "")

# In the files that match `pattern`, no include matches `forbidden`.
function(forbid pattern forbidden reason)
    file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/${pattern})
    foreach(file IN LISTS files)
        file(STRINGS ${ROOT}/${file} includes REGEX "^[ \t]*#[ \t]*include")
        foreach(include IN LISTS includes)
            if(include MATCHES "${forbidden}")
                set(broken "${broken}\n  ${file}: ${include}\n      ${reason}")
            endif()
        endforeach()
    endforeach()
    set(broken "${broken}" PARENT_SCOPE)
endfunction()

foreach(extension hpp cpp)
    forbid("grammar/*.${extension}" "[<\"](interpreter|tools)/|<(rung|nlohmann|CLI)/"
        "the grammar knows nothing of meaning")
    forbid("interpreter/*.${extension}" "\"tools/|<(tao|CLI)/|\"grammar/rules\\.hpp"
        "the interpreter sees the tree, not how it was parsed")
    forbid("interpreter/*.${extension}" "<(iostream|fstream|filesystem|locale|cstdio|ctime|random)>"
        "the interpreter is pure")
    forbid("tools/*.${extension}" "<tao/|\"grammar/rules\\.hpp" "PEGTL stays inside grammar/")
endforeach()
forbid("interpreter/include/*.hpp" "\"|<[^>]*\\.h>|<(fmt|nlohmann)/"
    "a public header needs the standard library only")
forbid("examples/*.cpp" "\"|<(fmt|nlohmann|tao)/" "an example sees what a consumer sees")

if(broken)
    message(FATAL_ERROR "includes that break the layers:${broken}")
endif()
