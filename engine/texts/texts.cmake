# The dictionaries: en.json and zh.json -> texts.inc, by node, at build time. A library of its own, so that the WebAssembly module
# does not carry words that the page has already.
set(texts_dir ${CMAKE_CURRENT_LIST_DIR})
set(texts_generated_dir ${CMAKE_BINARY_DIR}/generated)
add_custom_command(
  OUTPUT ${texts_generated_dir}/texts.inc
  COMMAND ${NODE_EXECUTABLE} ${texts_dir}/generate.mjs ${texts_generated_dir}
  DEPENDS ${texts_dir}/generate.mjs ${texts_dir}/en.json ${texts_dir}/zh.json
  COMMENT "Generating the dictionaries"
  VERBATIM
)
add_library(moecalc_texts STATIC ${texts_dir}/texts.cpp ${texts_generated_dir}/texts.inc)
target_include_directories(moecalc_texts PUBLIC ${CMAKE_CURRENT_SOURCE_DIR} PRIVATE ${texts_generated_dir})
target_link_libraries(moecalc_texts PRIVATE moecalc_options)
