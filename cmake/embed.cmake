# Writes a C++ source with the bytes of a file: cmake -D IN=… -D OUT=… -D HEADER=… -D FUNCTION=… -P embed.cmake
# The bytes are an array, because compilers need not take a text literal of more than 64 KiB.
file(READ ${IN} bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "(................................................................................)"
    "\\1\n" bytes "${bytes}")
file(WRITE ${OUT} "#include \"${HEADER}\"

namespace rung::tools {

namespace {
const unsigned char bytes[] = {
${bytes}
};
} // namespace

std::string_view ${FUNCTION}() { return {reinterpret_cast<const char*>(bytes), sizeof bytes}; }

} // namespace rung::tools
")
