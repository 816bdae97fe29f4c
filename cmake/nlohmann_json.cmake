# Target nlohmann_json::nlohmann_json, from the system's header-only package, for every compiler.
# Emscripten must never see -I/usr/include (glibc's headers break it), so it gets a folder holding
# nothing but a symbolic link to the library.
find_path(NLOHMANN_JSON_PARENT nlohmann/json.hpp PATHS /usr/include /usr/local/include
          NO_CMAKE_FIND_ROOT_PATH REQUIRED)

add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED GLOBAL)
if(EMSCRIPTEN)
  set(linked_headers ${CMAKE_BINARY_DIR}/linked_headers)
  file(MAKE_DIRECTORY ${linked_headers})
  file(CREATE_LINK ${NLOHMANN_JSON_PARENT}/nlohmann ${linked_headers}/nlohmann SYMBOLIC)
  target_include_directories(nlohmann_json::nlohmann_json INTERFACE ${linked_headers})
else()
  target_include_directories(nlohmann_json::nlohmann_json INTERFACE ${NLOHMANN_JSON_PARENT})
endif()
