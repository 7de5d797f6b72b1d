# Both libraries, the headers, the command with its pages and completions, and what find_package and pkg-config read.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/rung)
set(pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(TARGETS rung_static rung_shared EXPORT rungTargets)
install(EXPORT rungTargets NAMESPACE rung:: DESTINATION ${package_dir})
install(DIRECTORY interpreter/include/rung DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    FILES_MATCHING PATTERN *.hpp)
if(TARGET rung_tool)
    install(TARGETS rung_tool)
    # Where they were built: a build of single targets does without.
    install(DIRECTORY ${PROJECT_BINARY_DIR}/share/man/ DESTINATION ${CMAKE_INSTALL_MANDIR} OPTIONAL)
    install(DIRECTORY ${PROJECT_BINARY_DIR}/share/ DESTINATION ${CMAKE_INSTALL_DATADIR} OPTIONAL
        PATTERN man EXCLUDE PATTERN made EXCLUDE)
endif()

# Before 1.0 a minor version may change the interface.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/rungConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
math(EXPR RUNG_FMT_NEXT_MAJOR "${fmt_VERSION_MAJOR} + 1")
configure_package_config_file(cmake/rungConfig.cmake.in ${PROJECT_BINARY_DIR}/rungConfig.cmake
    INSTALL_DESTINATION ${package_dir}
    NO_SET_AND_CHECK_MACRO)
install(FILES
    ${PROJECT_BINARY_DIR}/rungConfig.cmake
    ${PROJECT_BINARY_DIR}/rungConfigVersion.cmake
    DESTINATION ${package_dir})

# The way from the .pc file up to the prefix, so that an installed tree can be moved.
file(RELATIVE_PATH RUNG_UP_TO_PREFIX /${pkgconfig_dir} /)
string(REGEX REPLACE "/$" "" RUNG_UP_TO_PREFIX "${RUNG_UP_TO_PREFIX}")
configure_file(cmake/rung.pc.in ${PROJECT_BINARY_DIR}/rung.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/rung.pc DESTINATION ${pkgconfig_dir})
