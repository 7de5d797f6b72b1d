# libcsv, which comes without a file for CMake. Gives the target CSV::csv.
find_path(CSV_INCLUDE_DIR csv.h)
find_library(CSV_LIBRARY csv)
if(CSV_INCLUDE_DIR)
    file(STRINGS ${CSV_INCLUDE_DIR}/csv.h csv_lines REGEX "^#define CSV_(MAJOR|MINOR|RELEASE) ")
    list(TRANSFORM csv_lines REPLACE "^.* ([0-9]+)$" "\\1")
    list(JOIN csv_lines "." CSV_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(CSV REQUIRED_VARS CSV_LIBRARY CSV_INCLUDE_DIR VERSION_VAR CSV_VERSION)
mark_as_advanced(CSV_INCLUDE_DIR CSV_LIBRARY)

if(CSV_FOUND AND NOT TARGET CSV::csv)
    add_library(CSV::csv UNKNOWN IMPORTED)
    set_target_properties(CSV::csv PROPERTIES
        IMPORTED_LOCATION ${CSV_LIBRARY}
        INTERFACE_INCLUDE_DIRECTORIES ${CSV_INCLUDE_DIR})
endif()
