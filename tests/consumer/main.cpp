#include <rung/rung.hpp>

#include <iostream>

int main() { std::cout << "rung " << rung::version() << '\n'; }
