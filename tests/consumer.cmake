# Installs the build under a prefix of its own, then configures, builds and runs tests/consumer with it.
# WAY: static and shared through find_package, pkg_config through rung.pc. Run by ctest.

set(prefix ${WORK}/prefix)
file(REMOVE_RECURSE ${WORK})

if(WAY STREQUAL "pkg_config")
    set(choice -D VIA_PKG_CONFIG=ON)
elseif(WAY STREQUAL "shared")
    set(choice -D BUILD_SHARED_LIBS=ON)
else()
    set(choice -D BUILD_SHARED_LIBS=OFF)
endif()

function(run)
    execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})
run(${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK}/build -G ${GENERATOR} ${choice}
    -D CMAKE_PREFIX_PATH=${prefix}
    -D CMAKE_CXX_COMPILER=${COMPILER}
    # The sanitizers of the build, if any: a program must be compiled with those of its library.
    -D CMAKE_CXX_FLAGS=${FLAGS})
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${CMAKE_CTEST_COMMAND} --test-dir ${WORK}/build --output-on-failure --no-tests=error)
